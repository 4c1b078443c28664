using System.Buffers;
using System.Globalization;
using System.Text;
using SegPipeline.Formats;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Formats;

public sealed class JsonNumberTests
{
    [Fact]
    public void Numbers_are_read_as_the_runtime_reads_them_to_the_last_bit()
    {
        KeyedRandom random = SampleRank.Stream(1, "json", "numbers");
        for (int i = 0; i < 200_000; i++)
        {
            string text = Number(ref random);
            double expected = double.Parse(text, CultureInfo.InvariantCulture);
            Assert.True(JsonNumber.TryRead(Encoding.ASCII.GetBytes(text), out double value), text);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
        }
    }

    [Fact]
    public void A_number_ends_where_its_text_does_whatever_follows()
    {
        KeyedRandom random = SampleRank.Stream(3, "json", "numbers");
        string[] behind = [",", "]", "]]}, \"area\": 1.25", ", 3.75, 12", " ,1", "\n  ]        ", "}12345678"];
        for (int i = 0; i < 200_000; i++)
        {
            string text = Number(ref random);
            byte[] all = Encoding.ASCII.GetBytes(text + behind[random.NextInt(0, behind.Length)]);
            double expected = double.Parse(text, CultureInfo.InvariantCulture);
            Assert.True(JsonNumber.TryReadPrefix(all, out double value, out int used), text);
            Assert.Equal(text.Length, used);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1e400")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("null")]
    [InlineData("\"1\"")]
    [InlineData("1 2")]
    [InlineData("0x10")]
    public void What_is_no_finite_number_is_refused(string text) =>
        Assert.False(JsonNumber.TryRead(Encoding.ASCII.GetBytes(text), out _));

    [Theory]
    [InlineData("12", 12L)]
    [InlineData("-12.0", -12L)]
    [InlineData("1e3", 1000L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("0.5", null)]
    [InlineData("1e19", null)]
    [InlineData("x", null)]
    public void Whole_numbers_have_several_spellings(string text, long? expected) =>
        Assert.Equal(expected, JsonNumber.TryReadWhole(Encoding.ASCII.GetBytes(text), out long value) ? value : null);

    [Fact]
    public void Written_numbers_read_back_as_the_same_number()
    {
        KeyedRandom random = SampleRank.Stream(2, "json", "numbers");
        for (int i = 0; i < 50_000; i++)
        {
            double value = BitConverter.UInt64BitsToDouble(random.NextBits());
            if (i % 3 == 0) value = Math.Round(random.NextDouble() * 4096, i % 5);
            if (!double.IsFinite(value)) continue;
            string text = Written(value);
            Assert.True(JsonNumber.TryRead(Encoding.ASCII.GetBytes(text), out double back), text);
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(back));
        }
    }

    [Theory]
    [InlineData(12.0, "12")]
    [InlineData(-3.0, "-3")]
    [InlineData(-0.0, "-0")]
    [InlineData(0.1, "0.1")]
    [InlineData(12817.412699999753, "12817.412699999753")]
    [InlineData(1e21, "1E+21")]
    [InlineData(1e-7, "1E-07")]
    public void Numbers_are_written_as_short_as_they_can_be(double value, string expected) =>
        Assert.Equal(expected, Written(value));

    private static string Written(double value)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonText.WriteNumber(output, value);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }

    private static string Number(ref KeyedRandom random)
    {
        var text = new StringBuilder(random.NextInt(0, 4) == 0 ? "-" : "");
        ulong limit = (ulong)Math.Pow(10, random.NextInt(1, 19));
        text.Append(random.NextInt(0, 5) == 0 ? 0 : 1 + random.NextBits() % limit);
        if (random.NextInt(0, 4) > 0)
        {
            text.Append('.');
            for (int digits = random.NextInt(1, 18); digits > 0; digits--) text.Append(random.NextInt(0, 10));
        }

        if (random.NextInt(0, 6) > 0) return text.ToString();
        return text.Append(random.NextInt(0, 2) == 0 ? "e-" : "E+").Append(random.NextInt(0, 290)).ToString();
    }
}
