using SegPipeline.Masks;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;

namespace SegPipeline.Benchmarks.Pixels;

/// <summary>Palette PNGs of a video dataset, in memory: as files, as pixels and as masks.</summary>
internal sealed class PixelWorkload : IDisposable
{
    // Enough to be larger than the caches.
    private const int MaxBitmaps = 500;

    private readonly Dictionary<(int HeightPx, int WidthPx), LabelCanvas<byte>> _canvases = [];

    private PixelWorkload(byte[][] files)
    {
        Files = files;
        Images = [.. files.Select(file => PngReader.Read(file))];
        Frames = [.. Images.Select(image => LabelRegions.Of(image.Pixels, LabelRoles.WithVoid255))];
        Masks = [.. Frames.SelectMany(frame => frame.Objects).Select(region => region.Mask)];
        Bitmaps = [.. Masks.Take(MaxBitmaps).Select(ToBitmap)];
    }

    /// <summary>The files.</summary>
    public byte[][] Files { get; }

    /// <summary>Their pixels.</summary>
    public PngImage[] Images { get; }

    /// <summary>Their objects.</summary>
    public LabelRegions[] Frames { get; }

    /// <summary>The masks of all objects.</summary>
    public Mask[] Masks { get; }

    /// <summary>Row-major bitmaps of the first masks.</summary>
    public byte[][] Bitmaps { get; }

    /// <summary>Mean number of pixels of an image.</summary>
    public long PixelsPerImage => Images.Sum(image => (long)image.Pixels.Values.Length) / Images.Length;

    /// <summary>A canvas of the size of an image; images of one size share it.</summary>
    public LabelCanvas<byte> CanvasOf(int index)
    {
        PngHeader header = Images[index].Header;
        if (!_canvases.TryGetValue((header.HeightPx, header.WidthPx), out LabelCanvas<byte>? canvas))
            _canvases[(header.HeightPx, header.WidthPx)] = canvas = new(header.HeightPx, header.WidthPx, 0);
        return canvas;
    }

    /// <summary>Loads every palette PNG below a folder.</summary>
    public static PixelWorkload Load(string folder)
    {
        string[] paths = [.. Directory.GetFiles(folder, "*.png", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)];
        byte[][] files = [.. paths.Select(File.ReadAllBytes)
            .Where(file => PngHeader.Read(file).ColorType == PngColorType.Palette)];
        return files.Length > 0 ? new PixelWorkload(files) : throw new ArgumentException($"no palette PNG in {folder}");
    }

    public void Dispose()
    {
        foreach (PngImage image in Images) image.Dispose();
    }

    private static byte[] ToBitmap(Mask mask)
    {
        byte[] bitmap = new byte[mask.PixelCount];
        mask.CopyToRowMajor(bitmap);
        return bitmap;
    }
}
