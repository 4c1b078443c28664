using System.Globalization;
using SegPipeline.Model;

namespace SegPipeline.Formats.CocoPanoptic;

/// <summary>Decides which id each segment of an image gets.</summary>
internal sealed class SegmentIds(SegmentNumbering numbering, PanopticCategories categories)
{
    /// <summary>An id for each instance, all different.</summary>
    /// <exception cref="BadDataException"><c>SEGMENT_ID</c>: a number cannot be a colour, or two have the
    /// same.</exception>
    public uint[] Of(IReadOnlyList<Instance> instances, string image)
    {
        uint?[] wanted = [.. instances.Select(i => numbering == SegmentNumbering.Keep ? NumberOf(i, image) : null)];
        var taken = new HashSet<uint>();
        foreach (uint? id in wanted)
            if (id is { } number && !taken.Add(number))
                throw Fault(image, "expected every segment of an image to have a number of its own, found object_id " +
                    $"{number} twice");
        uint[] ids = new uint[wanted.Length];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = wanted[i] ?? Free(taken, numbering == SegmentNumbering.Color
                ? categories.ColorOf(instances[i].CategoryId)
                : 1);
        return ids;
    }

    /// <summary>The first id that is free from one on; after the last comes 1.</summary>
    private static uint Free(HashSet<uint> taken, uint from)
    {
        while (!taken.Add(from)) from = from == PanopticAnnotation.MostId ? 1 : from + 1;
        return from;
    }

    private static uint? NumberOf(Instance instance, string image)
    {
        if (instance.MemberText("object_id") is not { } json || json == "null") return null;
        string text = JsonText.Unquote(json);
        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) &&
            number is > 0 and <= PanopticAnnotation.MostId
            ? number
            : throw Fault(image, $"expected an object_id from 1 to {PanopticAnnotation.MostId}, found {json}");
    }

    private static BadDataException Fault(string image, string message) =>
        new(new Problem("SEGMENT_ID", message) { Record = image, Remedy = "set ids: dense" });
}
