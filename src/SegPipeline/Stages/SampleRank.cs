using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SegPipeline.Stages;

/// <summary>
/// The place of a sample in a random order that anyone can verify: SHA-256 over the UTF-8 text
/// <c>seed NUL salt NUL key</c>, compared as a big-endian number. Taking the n smallest draws n without replacement;
/// the draw does not depend on order or machine, is nested (the 100 smallest are among the 1,000 smallest), and changes
/// little when data is added.
/// </summary>
/// <remarks>Bottom-k sampling (Cohen and Kaplan, "Summarizing data using bottom-k sketches", PODC 2007).</remarks>
public readonly record struct SampleRank : IComparable<SampleRank>
{
    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    private SampleRank(ReadOnlySpan<byte> digest)
    {
        _a = BinaryPrimitives.ReadUInt64BigEndian(digest);
        _b = BinaryPrimitives.ReadUInt64BigEndian(digest[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(digest[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(digest[24..]);
    }

    /// <summary>The first 53 bits as a fraction in [0, 1): uniform, so <c>rank below p</c> keeps a share p.</summary>
    public double Fraction => (_a >> 11) * (1.0 / (1UL << 53));

    /// <summary>The rank of a key.</summary>
    /// <param name="seed">The pipeline's seed.</param>
    /// <param name="salt">Usually the stage's name, so that two stages draw independently.</param>
    /// <param name="key">The sample's key.</param>
    public static SampleRank Of(long seed, string salt, string key)
    {
        byte[] text = Encoding.UTF8.GetBytes(
            seed.ToString(System.Globalization.CultureInfo.InvariantCulture) + "\0" + salt + "\0" + key);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, digest);
        return new SampleRank(digest);
    }

    /// <inheritdoc/>
    public int CompareTo(SampleRank other)
    {
        int order = _a.CompareTo(other._a);
        if (order == 0) order = _b.CompareTo(other._b);
        if (order == 0) order = _c.CompareTo(other._c);
        return order != 0 ? order : _d.CompareTo(other._d);
    }

    /// <summary>Order by <see cref="CompareTo"/>.</summary>
    public static bool operator <(SampleRank left, SampleRank right) => left.CompareTo(right) < 0;

    /// <summary>Order by <see cref="CompareTo"/>.</summary>
    public static bool operator >(SampleRank left, SampleRank right) => left.CompareTo(right) > 0;

    /// <summary>Order by <see cref="CompareTo"/>.</summary>
    public static bool operator <=(SampleRank left, SampleRank right) => left.CompareTo(right) <= 0;

    /// <summary>Order by <see cref="CompareTo"/>.</summary>
    public static bool operator >=(SampleRank left, SampleRank right) => left.CompareTo(right) >= 0;

    /// <summary>A stream of random numbers of the key: the same everywhere, the i-th a function of i.</summary>
    public static KeyedRandom Stream(long seed, string salt, string key) => new(Of(seed, salt, key)._a);
}

/// <summary>
/// A counter-based random generator: number i is the SplitMix64 finaliser of <c>key + i * golden ratio</c>
/// (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
/// </summary>
public struct KeyedRandom
{
    private ulong _state;

    internal KeyedRandom(ulong key) => _state = key;

    /// <summary>The next 64 uniform bits.</summary>
    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>The next number in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next whole number in [low, high).</summary>
    public int NextInt(int low, int high) => low + (int)(((UInt128)NextBits() * (ulong)(high - low)) >> 64);
}
