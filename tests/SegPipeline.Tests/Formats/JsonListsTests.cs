using System.Globalization;
using System.Text;
using SegPipeline.Formats;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Formats;

/// <summary>Flat lists of numbers, long ones and short ones, however they are laid out.</summary>
public sealed class JsonListsTests
{
    [Fact]
    public void Lists_are_read_as_the_runtime_reads_their_numbers_to_the_last_bit()
    {
        KeyedRandom random = SampleRank.Stream(1, "json", "lists");
        string[] commas = [",", ", ", " ,", ",\n    ", " , "];
        for (int i = 0; i < 20_000; i++)
        {
            string[] texts = [.. new string[random.NextInt(0, 60)]];
            bool arePlain = i % 3 != 0;
            for (int n = 0; n < texts.Length; n++) texts[n] = Number(arePlain, ref random);
            string comma = commas[i % commas.Length], blank = i % 7 == 0 ? " " : "";
            string list = $"[{blank}{string.Join(comma, texts)}{blank}]";
            double[] read = JsonLists.ReadNumbers(Encoding.ASCII.GetBytes(list), "list");
            Assert.Equal(
                texts.Select(t => BitConverter.DoubleToInt64Bits(double.Parse(t, CultureInfo.InvariantCulture))),
                read.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("\"1\"")]
    [InlineData("1 2")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1:2")]
    [InlineData("NaN")]
    [InlineData("1e999")]
    public void What_is_no_number_is_found_wherever_it_stands(string odd)
    {
        string[] texts = [.. Enumerable.Range(0, 60).Select(i => (i * 1.25).ToString(CultureInfo.InvariantCulture))];
        for (int at = 0; at < texts.Length; at++)
        {
            string[] list = [.. texts];
            list[at] = odd;
            byte[] json = Encoding.ASCII.GetBytes($"[{string.Join(',', list)}]");
            var fault = Assert.Throws<RecordFaultException>(() => JsonLists.ReadNumbers(json, "polygon"));
            Assert.Contains("finite numbers in the polygon", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Any_characters_are_read_or_refused_as_single_numbers_are()
    {
        KeyedRandom random = SampleRank.Stream(2, "json", "characters");
        const string plain = "0123456789.", odd = "-+eE \n/:\u007f\"";
        int read = 0;
        for (int i = 0; i < 60_000; i++)
        {
            string[] items = [.. new string[random.NextInt(1, 70)]];
            for (int n = 0; n < items.Length; n++)
            {
                char[] text = new char[random.NextInt(i % 2, 11)];
                for (int c = 0; c < text.Length; c++)
                    text[c] = plain[random.NextInt(0, random.NextInt(0, 8) == 0 ? plain.Length : 10)];
                if (text.Length > 0 && random.NextInt(0, 300) == 0)
                    text[random.NextInt(0, text.Length)] = odd[random.NextInt(0, odd.Length)];
                items[n] = new string(text);
            }

            byte[] list = Encoding.ASCII.GetBytes($"[{string.Join(',', items)}]");
            if (items is [var only] && only.Trim(' ', '\n').Length == 0) continue;
            double[]? expected = OneByOne(items);
            if (expected is null)
            {
                Assert.Throws<RecordFaultException>(() => JsonLists.ReadNumbers(list, "list"));
                continue;
            }

            read++;
            Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits),
                JsonLists.ReadNumbers(list, "list").Select(BitConverter.DoubleToInt64Bits));
        }

        Assert.InRange(read, 1000, 59_000);
    }

    private static double[]? OneByOne(string[] items)
    {
        double[] numbers = new double[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            string text = items[i].Trim(' ', '\n');
            if (!JsonNumber.TryRead(Encoding.ASCII.GetBytes(text), out numbers[i])) return null;
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), numbers[i]);
        }

        return numbers;
    }

    private static string Number(bool isPlain, ref KeyedRandom random)
    {
        double scale = Math.Pow(10, random.NextInt(0, 8));
        double value = Math.Round(random.NextDouble() * scale, random.NextInt(0, 4));
        if (isPlain) return value.ToString(CultureInfo.InvariantCulture);
        return random.NextInt(0, 6) switch
        {
            0 => (-value).ToString(CultureInfo.InvariantCulture),
            1 => random.NextDouble().ToString("R", CultureInfo.InvariantCulture),
            2 => value.ToString("E3", CultureInfo.InvariantCulture),
            3 => "0.0",
            _ => value.ToString(CultureInfo.InvariantCulture),
        };
    }
}
