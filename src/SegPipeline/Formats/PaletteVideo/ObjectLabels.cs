using System.Globalization;
using SegPipeline.Model;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>Decides which label each instance of a video gets.</summary>
internal static class ObjectLabels
{
    private const uint Void = 255;

    /// <summary>A label for each instance, all different, from 1 to 255.</summary>
    /// <exception cref="BadDataException">An object's number is no label, or two have the same.</exception>
    public static byte[] Of(Sample video, PaletteWriter stage)
    {
        uint?[] wanted = [.. video.Instances.Select(i => stage.Ids == PaletteLabels.Keep ? NumberOf(i, video) : null)];
        var taken = new HashSet<uint>();
        foreach (uint? number in wanted)
            if (number is { } label && !taken.Add(label))
                throw Fault(video, $"expected every object to have a number of its own, found object_id {label} twice",
                    "set ids: dense");
        byte[] labels = new byte[wanted.Length];
        uint next = 1;
        for (int i = 0; i < labels.Length; i++)
        {
            while (wanted[i] is null && taken.Contains(next)) next++;
            uint label = wanted[i] ?? next++;
            Check(label, video, stage);
            labels[i] = (byte)label;
        }
        return labels;
    }

    private static uint? NumberOf(Instance instance, Sample video)
    {
        if (instance.MemberText("object_id") is not { } json || json == "null") return null;
        return uint.TryParse(JsonText.Unquote(json), NumberStyles.None, CultureInfo.InvariantCulture, out uint label) &&
            label > 0
            ? label
            : throw Fault(video, $"expected an object_id from 1 to 255, found {json}", "set ids: dense");
    }

    private static void Check(uint label, Sample video, PaletteWriter stage)
    {
        int most = stage.Palette == PaletteColors.Grey ? 255 : 254;
        if (label <= most) return;
        bool canBeDense = stage.Ids == PaletteLabels.Keep && video.Instances.Length <= most;
        throw label == Void
            ? Fault(video, "object 255 would be void in an indexed image",
                canBeDense ? "set palette: grey, or ids: dense" : "split the video's objects into several datasets")
            : Fault(video, $"a label image of 8 bits holds the objects 1 to {most}, found object {label}",
                canBeDense ? "set ids: dense" : "split the video's objects into several datasets");
    }

    private static BadDataException Fault(Sample video, string message, string remedy) =>
        new(new Problem("OBJECT_LABEL", message) { Record = $"video {video.Key}", Remedy = remedy });
}
