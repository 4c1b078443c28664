using System.Text;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Formats;

/// <summary>Random JSON texts, and texts spoilt at random.</summary>
internal static class JsonSamples
{
    private static readonly string[] Scalars =
    [
        "0", "-0", "12", "-3.25", "1e5", "1.5E-07", "0.001", "123456789012345678901234567890", "1E+2", "true", "false",
        "null", "\"\"", "\"a\\\"b\"", "\"\\\\\"", "\"[{,:]}\"", "\"\\u00e9\\ud83d\\ude00\"", "\"é😀\"",
        "\"\\b\\f\\n\\r\\t\\/\"", "\"NaN 12\"",
    ];

    private static readonly string[] Blanks = ["", "", "", " ", "\n", "\r\n\t", "        ", "   \n   "];

    private const string Spoilers = "0123456789+-.eE{}[],:\"\\ \ntrufalsnNI/x";

    /// <summary>An object with random members.</summary>
    public static string Object(ref KeyedRandom random) => WriteObject(new StringBuilder(), ref random, 0).ToString();

    /// <summary>The text with a few bytes changed, removed or put in.</summary>
    public static string Spoil(string json, ref KeyedRandom random)
    {
        var text = new StringBuilder(json);
        for (int edits = random.NextInt(1, 3); edits > 0; edits--)
        {
            int at = random.NextInt(0, text.Length);
            if (text[at] > 0x7F) continue;
            char spoiler = Spoilers[random.NextInt(0, Spoilers.Length)];
            switch (random.NextInt(0, 3))
            {
                case 0: text[at] = spoiler; break;
                case 1: text.Remove(at, 1); break;
                default: text.Insert(at, spoiler); break;
            }
        }

        return text.ToString();
    }

    private static StringBuilder WriteObject(StringBuilder text, ref KeyedRandom random, int depth)
    {
        text.Append('{').Append(Blank(ref random));
        for (int i = 0, count = random.NextInt(0, 5); i < count; i++)
        {
            if (i > 0) text.Append(',').Append(Blank(ref random));
            text.Append("\"k").Append(i).Append('"').Append(Blank(ref random)).Append(':').Append(Blank(ref random));
            WriteValue(text, ref random, depth).Append(Blank(ref random));
        }

        return text.Append('}');
    }

    private static StringBuilder WriteList(StringBuilder text, ref KeyedRandom random, int depth)
    {
        text.Append('[').Append(Blank(ref random));
        for (int i = 0, count = random.NextInt(0, 9); i < count; i++)
        {
            if (i > 0) text.Append(',').Append(Blank(ref random));
            WriteValue(text, ref random, depth).Append(Blank(ref random));
        }

        return text.Append(']');
    }

    private static StringBuilder WriteValue(StringBuilder text, ref KeyedRandom random, int depth) =>
        random.NextInt(0, depth > 4 ? 1 : 4) switch
        {
            1 => WriteObject(text, ref random, depth + 1),
            2 => WriteList(text, ref random, depth + 1),
            _ => text.Append(Scalars[random.NextInt(0, Scalars.Length)]),
        };

    private static string Blank(ref KeyedRandom random) => Blanks[random.NextInt(0, Blanks.Length)];
}
