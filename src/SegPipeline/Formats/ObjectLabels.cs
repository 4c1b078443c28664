using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Which label an object gets in a label image.</summary>
public enum ObjectNumbering
{
    /// <summary>Its <c>object_id</c>; the lowest free number where it has none.</summary>
    Keep,

    /// <summary>1, 2, 3, ... in the order of the instances of its sample.</summary>
    Dense,
}

/// <summary>Decides which label each instance of a sample gets in an image of 8 bits.</summary>
/// <param name="Numbering">Where labels come from.</param>
/// <param name="Most">The largest label: 255 where no label is void, else 254.</param>
/// <param name="Alternative">What else lets object 255 be written, e.g. <c>palette: grey</c>; null when nothing
/// does.</param>
internal sealed record ObjectLabels(ObjectNumbering Numbering, int Most, string? Alternative = null)
{
    private const uint Void = 255;

    /// <summary>A label for each instance, all different, from 1 on.</summary>
    /// <param name="instances">The instances of a sample.</param>
    /// <param name="record">What messages call the sample.</param>
    /// <exception cref="BadDataException"><c>OBJECT_LABEL</c>: an object's number is no label, or two have the
    /// same.</exception>
    public byte[] Of(ImmutableArray<Instance> instances, string record)
    {
        uint?[] wanted = [.. instances.Select(i => NumberOf(i, record))];
        var taken = new HashSet<uint>();
        foreach (uint? number in wanted)
            if (number is { } label && !taken.Add(label))
                throw Fault(record, $"expected every object to have a number of its own, found object_id {label} twice",
                    "set ids: dense");
        byte[] labels = new byte[wanted.Length];
        uint next = 1;
        for (int i = 0; i < labels.Length; i++)
        {
            while (wanted[i] is null && taken.Contains(next)) next++;
            uint label = wanted[i] ?? next++;
            if (label > Most) throw TooLarge(label, instances.Length, record);
            labels[i] = (byte)label;
        }
        return labels;
    }

    private uint? NumberOf(Instance instance, string record)
    {
        if (Numbering == ObjectNumbering.Dense) return null;
        if (instance.MemberText("object_id") is not { } json || json == "null") return null;
        return uint.TryParse(JsonText.Unquote(json), NumberStyles.None, CultureInfo.InvariantCulture, out uint label) &&
            label > 0
            ? label
            : throw Fault(record, $"expected an object_id from 1 to {Most}, found {json}", "set ids: dense");
    }

    private BadDataException TooLarge(uint label, int objects, string record)
    {
        bool canBeDense = Numbering == ObjectNumbering.Keep && objects <= Most;
        string remedy = !canBeDense ? "split its objects into several datasets"
            : label == Void && Alternative is not null ? $"set {Alternative}, or ids: dense"
            : "set ids: dense";
        return Fault(record, objects > Most
            ? $"a label image of 8 bits holds {Most} objects, found {objects}"
            : label == Void
            ? "object 255 would be void in an indexed image"
            : $"a label image of 8 bits holds the objects 1 to {Most}, found object {label}", remedy);
    }

    private static BadDataException Fault(string record, string message, string remedy) =>
        new(new Problem("OBJECT_LABEL", message) { Record = record, Remedy = remedy });
}
