using System.Text;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Formats;

/// <summary>Spoils a good dataset file; what comes out is a function of the file and a number.</summary>
/// <param name="good">The file.</param>
/// <param name="lists">Pieces of text that matter to the format.</param>
internal sealed class JsonSpoiler(string good, params string[] lists)
{
    private static readonly byte[][] Pieces =
    [
        "\""u8.ToArray(), "\\"u8.ToArray(), "[[["u8.ToArray(), "]"u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(),
        "1e400"u8.ToArray(), "-1"u8.ToArray(), "99999999999999999999"u8.ToArray(), "null"u8.ToArray(),
        "NaN"u8.ToArray(), "\"id\":"u8.ToArray(), "\\ud800"u8.ToArray(), [0xFF], [0],
        "0.5"u8.ToArray(), ","u8.ToArray(), ":"u8.ToArray(), "\"\""u8.ToArray(),
    ];

    private static readonly string[] Values =
    [
        "0", "-1", "1.0", "1e400", "99999999999999999999", "0.5", "null", "true", "NaN", "-Infinity", "\"\"", "\"id\"",
        "[]", "{}", "[[]]", "[null]", "{\"size\": [1, 1]}", "\"\\ud800\"", "\"b'0'\"", "2147483648",
    ];

    private readonly byte[][] _pieces = [.. Pieces, .. lists.Select(Encoding.UTF8.GetBytes)];

    /// <summary>A spoilt file: even numbers change bytes, odd ones values.</summary>
    public byte[] Spoil(int seed) => seed % 2 == 0 ? TextSpoiler.Spoil(good, _pieces, seed) : SpoilValues(seed);

    /// <summary>Puts other values in place of some: what comes out is mostly JSON still.</summary>
    private byte[] SpoilValues(int seed)
    {
        KeyedRandom random = SampleRank.Stream(seed, "fuzz", "values");
        string[] tokens = JsonTokens.Of(good);
        for (int edits = random.NextInt(1, 3); edits > 0; edits--)
        {
            int at = random.NextInt(0, tokens.Length);
            if (tokens[at].Length > 1 || char.IsAsciiDigit(tokens[at][0]))
                tokens[at] = Values[random.NextInt(0, Values.Length)];
        }

        return Encoding.UTF8.GetBytes(string.Concat(tokens));
    }
}
