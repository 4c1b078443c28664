using System.Globalization;
using System.Text.RegularExpressions;

namespace SegPipeline.Formats.Triplets;

/// <summary>What the name of an object says.</summary>
/// <param name="Name">The name, without mark and extension.</param>
/// <param name="Photo">The part of it that is the name of the picture.</param>
/// <param name="Label">The class it numbers; null when it numbers none.</param>
internal sealed partial record TripletName(string Name, string Photo, int? Label)
{
    /// <summary>The layout that a name alone would be of.</summary>
    public static TripletLayout LayoutOf(string name) =>
        AdePart().IsMatch(name) ? TripletLayout.AdeSplit
        : VocClass().IsMatch(name) ? TripletLayout.Pascal
        : TripletLayout.Big;

    /// <summary>Reads a name in a layout; null when it is none of it.</summary>
    public static TripletName? Read(string name, TripletLayout layout)
    {
        if (layout == TripletLayout.Big) return new TripletName(name, name, null);
        Match match = (layout == TripletLayout.Pascal ? AnyClass() : AdePart()).Match(name);
        if (!match.Success) return null;
        bool isLabel = int.TryParse(match.Groups["label"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture,
            out int label);
        return isLabel ? new TripletName(name, match.Groups["photo"].Value, label) : null;
    }

    /// <summary>The name of a part of a picture.</summary>
    public static string OfPart(string photo, long label, int part) =>
        FormattableString.Invariant($"{photo}_{label}.{part}");

    /// <summary>The name of a class in a picture.</summary>
    public static string OfClass(string photo, long label) => FormattableString.Invariant($"{photo}_{label:D2}");

    [GeneratedRegex(@"^(?<photo>.+)_(?<label>[0-9]+)\.[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex AdePart();

    [GeneratedRegex(@"^[0-9]{4}_[0-9]{6}_[0-9]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VocClass();

    [GeneratedRegex(@"^(?<photo>.+)_(?<label>[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex AnyClass();
}
