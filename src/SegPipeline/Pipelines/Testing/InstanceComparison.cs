using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SegPipeline.Model;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Testing;

/// <summary>Compares an instance with what a test expects of it.</summary>
/// <param name="expected">As the test writes it.</param>
/// <param name="found">As it came out.</param>
/// <param name="taxonomy">The categories behind the port.</param>
internal sealed class InstanceComparison(Instance expected, Instance found, Taxonomy taxonomy)
{
    // Between 15 and 16 digits: what is left of a double after a few operations.
    private const double Tolerance = 1e-12;

    /// <summary>How a member differs, <c>is 1, expected 0</c>; null when it does not.</summary>
    /// <exception cref="BadDataException">A shape of the instance is malformed.</exception>
    public string? Difference(YamlEntry entry) => entry.Key.Text switch
    {
        "id" => Differs(expected.Id?.ToString(), found.Id?.ToString()),
        "category_id" => Differs(expected.CategoryId?.ToString(), found.CategoryId?.ToString()),
        "category" => Differs((entry.Value as YamlScalar)?.Text, CategoryName()),
        "iscrowd" => Differs(Bit(expected.IsCrowd), Bit(found.IsCrowd)),
        "score" => AreNear(expected.Score, found.Score) ? null : Text(Show(found.Score), Show(expected.Score)),
        "area" or "areas" => DifferInFrames(expected.AreasPx, found.AreasPx, AreNear, Show),
        "bbox" or "bboxes" => DifferInFrames(expected.Boxes, found.Boxes, AreNear, Show),
        "segmentation" or "segmentations" =>
            DifferInFrames(expected.Segmentations, found.Segmentations, AreEqual, ShapeText.Of),
        string name => DifferInJson(JsonText.Of(entry.Value), found.MemberText(name)),
    };

    private string? CategoryName() => found.CategoryId is { } id ? taxonomy.Find(id)?.Name : null;

    private static string? DifferInFrames<T>(
        ImmutableArray<T> expected, ImmutableArray<T> found, Func<T, T, bool> same, Func<T, string> show)
    {
        if (found.IsDefaultOrEmpty) return expected.All(e => e is null) ? null : Text("nothing", List(expected, show));
        bool equal = expected.Length == found.Length && expected.Zip(found).All(p => same(p.First, p.Second));
        return equal ? null : Text(List(found, show), List(expected, show));
    }

    private static string? DifferInJson(JsonNode? expected, string? found)
    {
        try
        {
            JsonNode? node = found is null ? null : JsonNode.Parse(found);
            if (JsonNode.DeepEquals(expected, node)) return null;
        }
        catch (JsonException)
        {
            // NaN and the like stand in real files; they equal nothing that a test can write.
        }
        return Text(found ?? "nothing", expected?.ToJsonString() ?? "null");
    }

    private static bool AreEqual(Segmentation expected, Segmentation found) => (expected, found) switch
    {
        (NoSegmentation { State: SegmentationForm.Null }, NoSegmentation none) =>
            none.State != SegmentationForm.EmptyList,
        (PolygonSegmentation e, PolygonSegmentation f) => e.Parts.Length == f.Parts.Length &&
            e.Parts.Zip(f.Parts).All(p => p.First.SequenceEqual(p.Second)),
        (MaskSegmentation e, MaskSegmentation f) => e.Form == f.Form && e.Mask.Equals(f.Mask),
        _ => expected == found,
    };

    private static bool AreNear(Box? expected, Box? found) =>
        expected is { } e && found is { } f
            ? AreNear(e.X, f.X) && AreNear(e.Y, f.Y) && AreNear(e.Width, f.Width) && AreNear(e.Height, f.Height)
            : expected is null && found is null;

    private static bool AreNear(double? expected, double? found) =>
        expected is { } e && found is { } f
            ? e == f || Math.Abs(e - f) <= Tolerance * Math.Max(Math.Abs(e), Math.Abs(f))
            : expected is null && found is null;

    private static string? Differs(string? expected, string? found) =>
        expected == found ? null : Text(found ?? "nothing", expected ?? "nothing");

    private static string Text(string found, string expected) => $"is {found}, expected {expected}";

    private static string? Bit(bool? value) => value switch { null => null, true => "1", false => "0" };

    private static string Show(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "nothing";

    private static string Show(Box? box) => box is { } b
        ? FormattableString.Invariant($"[{b.X}, {b.Y}, {b.Width}, {b.Height}]")
        : "nothing";

    private static string List<T>(ImmutableArray<T> values, Func<T, string> show) =>
        values.Length == 1 ? show(values[0]) : $"[{string.Join(", ", values.Select(show))}]";
}
