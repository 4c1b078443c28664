using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;
using SegPipeline.Model;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>What the mask of a frame holds.</summary>
/// <param name="Regions">The masks of its labels, void not told apart yet.</param>
/// <param name="HeightPx">Its height.</param>
/// <param name="WidthPx">Its width.</param>
/// <param name="Palette">Its colours; null when it is grey.</param>
internal sealed record DecodedMask(LabelRegions Regions, int HeightPx, int WidthPx, Palette? Palette);

/// <summary>The masks of a video, one entry for each frame.</summary>
/// <param name="Masks">What they hold; null where there is none.</param>
internal sealed record DecodedVideo(DecodedMask?[] Masks)
{
    /// <summary>Reads the masks of a video.</summary>
    /// <exception cref="BadDataException">A file cannot be read or is no label image.</exception>
    public static DecodedVideo Read(VideoEntry video, FolderListing files, string folder, Palette colors)
    {
        var masks = new DecodedMask?[video.Frames.Length];
        Palette? last = null;
        for (int i = 0; i < masks.Length; i++)
        {
            if (video.Frames[i].Mask is not { } file) continue;
            using LabelFile image = LabelFile.Read(files.PathOf(file), folder + "/" + file.Name, colors);
            // The palettes of a video are equal as a rule; one is enough.
            Palette? palette = image.Palette is { } own && own.Equals(last) ? last : image.Palette;
            last = palette ?? last;
            masks[i] = new DecodedMask(
                image.Split(LabelRoles.BackgroundOnly), image.HeightPx, image.WidthPx, palette);
        }
        return new DecodedVideo(masks);
    }

    /// <summary>The void label of the video.</summary>
    public uint? VoidLabel(VoidLabel asked)
    {
        if (!asked.IsAutomatic) return asked.Value;
        bool isBinary = Masks.All(m => m is null || m.Palette is null && m.Regions.Objects.All(r => r.Label == 255));
        return isBinary ? null : 255;
    }

    /// <summary>The size that most masks have; of two equally frequent that of the earlier frame. 0 without
    /// masks.</summary>
    public (int HeightPx, int WidthPx) UsualSize() => Masks
        .Where(m => m is not null)
        .GroupBy(m => (m!.HeightPx, m.WidthPx))
        .OrderByDescending(g => g.Count())
        .FirstOrDefault()?.Key ?? (0, 0);
}
