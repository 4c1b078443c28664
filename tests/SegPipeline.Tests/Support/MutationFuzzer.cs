using System.Globalization;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Support;

/// <summary>
/// Feeds a decoder with changed copies of good inputs. Input number i is a function of the seed, the target's name and
/// i alone, so a failure names all that is needed to see it again: <c>SEGPIPELINE_FUZZ_SEED</c>,
/// <c>SEGPIPELINE_FUZZ_FIRST</c> (number of the first input) and <c>SEGPIPELINE_FUZZ_INPUTS</c> (how many there are).
/// With <c>SEGPIPELINE_FUZZ_SECONDS</c> each target goes on for that time instead.
/// </summary>
/// <param name="name">Name of the target.</param>
/// <param name="seeds">Good inputs.</param>
internal sealed class MutationFuzzer(string name, IReadOnlyList<byte[]> seeds)
{
    private static readonly byte[] Interesting = [0, 1, 0x7F, 0x80, 0xFF, (byte)'0', (byte)'o', (byte)'p'];

    private static readonly int[] InterestingLengths =
        [0, 1, -1, int.MaxValue, int.MinValue, 13, 255, 256, 257, 65535, 65536, 1 << 20];

    private static readonly int Seed = Setting("SEED") ?? 1, First = Setting("FIRST") ?? 0;

    /// <summary>How long each target goes on; null where inputs are counted.</summary>
    public static TimeSpan? Duration { get; } =
        Setting("SECONDS") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>How many inputs a target gets.</summary>
    /// <param name="ordinarily">The number where nothing is stated.</param>
    public static int InputsOr(int ordinarily) => Setting("INPUTS") ?? ordinarily;

    /// <summary>How many inputs there are where nothing is stated.</summary>
    public int OrdinaryInputs { get; init; } = 3_000;

    /// <summary>Most bytes that the target may allocate for one input.</summary>
    public required long MaxAllocatedBytes { get; init; }

    /// <summary>What is done to an input after it was changed, e.g. to make its checksums right again.</summary>
    public Func<byte[], byte[]> Repair { get; init; } = input => input;

    /// <summary>Another way to change an input, by a number; null for changes of bytes alone.</summary>
    public Func<int, byte[]>? Spoil { get; init; }

    /// <summary>Runs the target; an exception that it lets through fails the test.</summary>
    /// <param name="target">Decodes an input and swallows the exceptions it declares.</param>
    /// <returns>How many inputs it got.</returns>
    public int Run(Action<byte[]> target)
    {
        long start = TimeProvider.System.GetTimestamp();
        int most = InputsOr(OrdinaryInputs), done = 0;
        while (Duration is { } time ? TimeProvider.System.GetElapsedTime(start) < time : done < most)
            Try(First + done++, target);
        return done;
    }

    /// <summary>Runs a target whose only exception is bad data, told in words; both are seen: inputs that are read and
    /// inputs that are refused.</summary>
    /// <param name="read">Reads an input; false says that it refused a part of it without an exception.</param>
    public void RunRefusing(Func<byte[], bool> read)
    {
        int refused = 0;
        int inputs = Run(input => refused += IsRead(read, input) ? 0 : 1);
        Assert.True(refused >= inputs / 20 && inputs - refused >= inputs / 100, $"{refused} of {inputs} refused");
    }

    private static bool IsRead(Func<byte[], bool> read, byte[] input)
    {
        try
        {
            return read(input);
        }
        catch (BadDataException e)
        {
            Assert.NotEmpty(e.Problems);
            Assert.All(e.Problems, p => Assert.NotEmpty(p.Message));
            return false;
        }
    }

    private void Try(int number, Action<byte[]> target)
    {
        byte[] input = Make(number);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? thrown = Record.Exception(() => target(input));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        string which = $"{name}: run again with SEGPIPELINE_FUZZ_SEED={Seed} SEGPIPELINE_FUZZ_FIRST={number} " +
            $"SEGPIPELINE_FUZZ_INPUTS=1 ({Convert.ToBase64String(input)}): ";
        Assert.True(thrown is null, which + thrown);
        Assert.True(allocated <= MaxAllocatedBytes, $"{which}{allocated} bytes were allocated");
    }

    private byte[] Make(int number)
    {
        KeyedRandom random = SampleRank.Stream(Seed, name, number.ToString(CultureInfo.InvariantCulture));
        if (Spoil is not null && number % 4 != 0) return Spoil(random.NextInt(0, int.MaxValue));
        List<byte> bytes = [.. Pick(ref random)];
        for (int changes = random.NextInt(1, 5); changes > 0; changes--) Change(bytes, ref random);
        byte[] input = [.. bytes];
        return random.NextInt(0, 4) == 0 ? input : Repair(input);
    }

    private static int? Setting(string what) =>
        Environment.GetEnvironmentVariable("SEGPIPELINE_FUZZ_" + what) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;

    private byte[] Pick(ref KeyedRandom random) => seeds[random.NextInt(0, seeds.Count)];

    private void Change(List<byte> bytes, ref KeyedRandom random)
    {
        int at = random.NextInt(0, bytes.Count + 1), length = Math.Min(random.NextInt(1, 17), bytes.Count - at);
        switch (random.NextInt(0, 9))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.NextInt(0, 8)); break;
            case 1 when at < bytes.Count: bytes[at] = (byte)random.NextBits(); break;
            case 2 when at < bytes.Count: bytes[at] = Interesting[random.NextInt(0, Interesting.Length)]; break;
            case 3: bytes.RemoveRange(at, length); break;
            case 4: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 5: bytes.Insert(at, (byte)random.NextBits()); break;
            case 6: bytes.RemoveRange(at, bytes.Count - at); break;
            case 7: Splice(bytes, at, ref random); break;
            case 8 when at <= bytes.Count - sizeof(int): SetLength(bytes, at, ref random); break;
        }
    }

    /// <summary>Goes on as another seed does.</summary>
    private void Splice(List<byte> bytes, int at, ref KeyedRandom random)
    {
        byte[] other = Pick(ref random);
        bytes.RemoveRange(at, bytes.Count - at);
        bytes.AddRange(other[Math.Min(other.Length, random.NextInt(0, other.Length + 1))..]);
    }

    /// <summary>Writes a big-endian number that lengths and sizes are seldom made for.</summary>
    private static void SetLength(List<byte> bytes, int at, ref KeyedRandom random)
    {
        int value = InterestingLengths[random.NextInt(0, InterestingLengths.Length)];
        for (int i = 0; i < sizeof(int); i++) bytes[at + i] = (byte)(value >> 24 - 8 * i);
    }
}
