using System.Globalization;

namespace SegPipeline.Model;

/// <summary>Counts of things as sentences say them: 1 video, 2 videos.</summary>
internal static class Counted
{
    /// <summary>A count and what is counted, which takes an s when it is not one.</summary>
    public static string Of(long count, string thing) => Of(count, thing, thing + "s");

    /// <summary>A count and what is counted, with the verb where the sentence needs one: 1 object has, 2 objects
    /// have.</summary>
    public static string Of(long count, string one, string many) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + Noun(count, one, many);

    /// <summary>What is counted, without the count.</summary>
    public static string Noun(long count, string one, string many) => count == 1 ? one : many;
}
