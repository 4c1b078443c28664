using System.Globalization;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Support;

/// <summary>
/// Feeds a decoder with changed copies of good inputs. Input number i is a function of the target's name and i alone,
/// so a failure names all that is needed to see it again. <c>SEGPIPELINE_FUZZ_INPUTS</c> sets how many there are.
/// </summary>
/// <param name="name">Name of the target.</param>
/// <param name="seeds">Good inputs.</param>
internal sealed class MutationFuzzer(string name, IReadOnlyList<byte[]> seeds)
{
    private const int OrdinaryInputs = 3_000;

    private static readonly byte[] Interesting = [0, 1, 0x7F, 0x80, 0xFF, (byte)'0', (byte)'o', (byte)'p'];

    private static readonly int[] InterestingLengths =
        [0, 1, -1, int.MaxValue, int.MinValue, 13, 255, 256, 257, 65535, 65536, 1 << 20];

    /// <summary>How many inputs are tried.</summary>
    public static int Inputs { get; } = int.Parse(
        Environment.GetEnvironmentVariable("SEGPIPELINE_FUZZ_INPUTS") ?? $"{OrdinaryInputs}",
        CultureInfo.InvariantCulture);

    /// <summary>Most bytes that the target may allocate for one input.</summary>
    public required long MaxAllocatedBytes { get; init; }

    /// <summary>What is done to an input after it was changed, e.g. to make its checksums right again.</summary>
    public Func<byte[], byte[]> Repair { get; init; } = input => input;

    /// <summary>Runs the target; an exception that it lets through fails the test.</summary>
    /// <param name="target">Decodes an input and swallows the exceptions it declares.</param>
    public void Run(Action<byte[]> target)
    {
        for (int i = 0; i < Inputs; i++)
        {
            byte[] input = Make(i);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exception? thrown = Record.Exception(() => target(input));
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(thrown is null, $"{name}, input {i} ({Convert.ToBase64String(input)}): {thrown}");
            Assert.True(allocated <= MaxAllocatedBytes,
                $"{name}, input {i} ({Convert.ToBase64String(input)}): {allocated} bytes were allocated");
        }
    }

    private byte[] Make(int number)
    {
        KeyedRandom random = SampleRank.Stream(1, name, number.ToString(CultureInfo.InvariantCulture));
        List<byte> bytes = [.. Pick(ref random)];
        for (int changes = random.NextInt(1, 5); changes > 0; changes--) Change(bytes, ref random);
        byte[] input = [.. bytes];
        return random.NextInt(0, 4) == 0 ? input : Repair(input);
    }

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
