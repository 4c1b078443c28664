using SegPipeline.Imaging;
using SegPipeline.Model;

namespace SegPipeline.Formats.Ytvis;

/// <summary>Compares the sizes that a video's record, its first picture and its run lengths state.</summary>
internal static class YtvisSizeCheck
{
    /// <summary>Compares them.</summary>
    /// <exception cref="RecordFaultException">They differ; the message names all.</exception>
    /// <exception cref="BadDataException">The picture cannot be read.</exception>
    public static void Run(SampleEntry video, Frame first, IReadOnlyList<Instance> instances)
    {
        var sizes = new List<(string Where, int WidthPx, int HeightPx)>();
        if (video is { WidthPx: > 0, HeightPx: > 0 }) sizes.Add(("its record", video.WidthPx, video.HeightPx));
        if (first.Photo is { } photo)
        {
            PhotoHeader header = PhotoHeader.Read(photo, photo.FilePath ?? first.Name);
            sizes.Add(($"the picture '{first.Name}'", header.WidthPx, header.HeightPx));
        }

        foreach (Instance instance in instances)
        {
            if (instance.MemberText("segmentations") is not { } json) continue;
            foreach ((int widthPx, int heightPx) in RunSizes(System.Text.Encoding.UTF8.GetBytes(json)))
                if (!sizes.Exists(s => (s.WidthPx, s.HeightPx) == (widthPx, heightPx)))
                    sizes.Add(($"run lengths of annotation {instance.Id?.JsonText ?? "?"}", widthPx, heightPx));
        }

        if (sizes.Select(s => (s.WidthPx, s.HeightPx)).Distinct().Count() <= 1) return;
        throw new RecordFaultException("VIDEO_SIZE", "expected one size (width x height), found " +
            string.Join(", ", sizes.Select(s => $"{s.WidthPx}x{s.HeightPx} in {s.Where}")),
            "correct the source, or set sizes: trust");
    }

    private static List<(int WidthPx, int HeightPx)> RunSizes(ReadOnlySpan<byte> list)
    {
        var sizes = new List<(int, int)>();
        if (list[0] != '[') return sizes;
        var items = new JsonMembers(list);
        while (items.NextItem())
        {
            if (items.Value[0] != '{') continue;
            (int heightPx, int widthPx) = SegmentationJson.ReadSize(items.Value);
            if (!sizes.Contains((widthPx, heightPx))) sizes.Add((widthPx, heightPx));
        }

        return sizes;
    }
}
