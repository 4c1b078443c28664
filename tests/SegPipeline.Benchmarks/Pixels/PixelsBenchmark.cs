using System.IO.Compression;
using SegPipeline.Masks;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;

namespace SegPipeline.Benchmarks.Pixels;

/// <summary>
/// Palette PNGs, label images and bitmaps on one core. The limit of reading files is the system's zlib inflating the
/// same streams and nothing more; of the rest, reading or setting the pixels once.
/// </summary>
internal static class PixelsBenchmark
{
    /// <summary>Argument: a folder of palette PNGs.</summary>
    public static void Run(string[] arguments)
    {
        using PixelWorkload load = PixelWorkload.Load(arguments[0]);
        var peer = new PixelPeer(arguments[0]);
        double readRate = load.Bitmaps.Sum(b => (double)b.Length) * Table.Rate(1, () => ReadAll(load));
        double setRate = load.Bitmaps[0].Length * Table.Rate(1000, () => SetOften(load));
        Console.Error.WriteLine($"{load.Files.Length} files of {load.PixelsPerImage} pixels, " +
            $"{load.Masks.Length} masks; memory read {readRate / 1e9:0.0} GB/s, set {setRate / 1e9:0.0} GB/s");
        Files(load, peer, readRate / load.PixelsPerImage);
        Labels(load, peer, readRate / load.PixelsPerImage);
        Bitmaps(load, peer, readRate / load.PixelsPerImage, setRate / load.PixelsPerImage);
    }

    private static void Files(PixelWorkload load, PixelPeer peer, double reads)
    {
        double inflates = Table.Rate(load.Files.Length, () => InflateAll(load));
        Table.WriteBeside("palette PNG read, checksums verified", load.Files.Length, () =>
        {
            foreach (byte[] file in load.Files) PngReader.Read(file).Dispose();
        }, peer["read"], inflates);
        Table.WriteBeside("palette PNG to COCO strings of all objects", load.Files.Length, () =>
        {
            foreach (byte[] file in load.Files) ToStrings(file);
        }, peer["png-to-strings"], inflates);
        foreach (PngCompression compression in Enum.GetValues<PngCompression>())
        {
            long bytes = load.Images.Sum(i => (long)Write(i, compression).Length) / load.Files.Length;
            Table.WriteBeside($"palette PNG written, {compression}, {bytes} bytes", load.Files.Length, () =>
            {
                foreach (PngImage image in load.Images) Write(image, compression);
            }, peer[compression == PngCompression.Fastest ? "write-1" : "write-6"], reads);
        }
    }

    private static void Labels(PixelWorkload load, PixelPeer peer, double reads)
    {
        Table.WriteBeside("label image to masks", load.Files.Length, () =>
        {
            foreach (PngImage image in load.Images) LabelRegions.Of(image.Pixels, LabelRoles.WithVoid255);
        }, null, reads);
        foreach (PngCompression compression in Enum.GetValues<PngCompression>())
            Table.WriteBeside($"masks painted and written as palette PNG, {compression}", load.Files.Length, () =>
            {
                for (int i = 0; i < load.Frames.Length; i++) PaintAndWrite(load, i, compression);
            }, peer["masks-to-png"], reads);
        Table.WriteBeside("label image halved by vote", load.Files.Length, () =>
        {
            foreach (PngImage i in load.Images)
                LabelResize.Vote(i.Pixels, i.Header.HeightPx / 2, i.Header.WidthPx / 2, new VoteRules());
        }, null, reads);
        Table.WriteBeside("label image halved, nearest", load.Files.Length, () =>
        {
            foreach (PngImage i in load.Images)
                LabelResize.Nearest(i.Pixels, i.Header.HeightPx / 2, i.Header.WidthPx / 2);
        }, peer["halve"], reads);
    }

    private static void Bitmaps(PixelWorkload load, PixelPeer peer, double reads, double sets)
    {
        Table.WriteBeside("row-major bitmap to run lengths", load.Bitmaps.Length, () =>
        {
            for (int i = 0; i < load.Bitmaps.Length; i++)
                Mask.FromBitmapRowMajor(load.Masks[i].HeightPx, load.Masks[i].WidthPx, load.Bitmaps[i]);
        }, peer["bitmap-to-runs"], reads);
        byte[] bitmap = new byte[load.Masks.Max(m => m.PixelCount)];
        Table.WriteBeside("run lengths to row-major bitmap", load.Masks.Length, () =>
        {
            foreach (Mask mask in load.Masks) mask.CopyToRowMajor(bitmap.AsSpan(0, (int)mask.PixelCount));
        }, peer["runs-to-bitmap"], sets);
        Table.WriteBeside("run lengths to column-major bitmap", load.Masks.Length, () =>
        {
            foreach (Mask mask in load.Masks) mask.CopyToColumnMajor(bitmap.AsSpan(0, (int)mask.PixelCount));
        }, null, sets);
    }

    private static void ToStrings(byte[] file)
    {
        using PngImage image = PngReader.Read(file);
        foreach (LabelRegion region in LabelRegions.Of(image.Pixels, LabelRoles.WithVoid255).Objects)
            region.Mask.ToCocoBytes();
    }

    private static byte[] Write(PngImage image, PngCompression compression) =>
        PngWriter.EncodeIndexed(image.Pixels, Palette.Voc, compression);

    private static void PaintAndWrite(PixelWorkload load, int index, PngCompression compression)
    {
        LabelCanvas<byte> canvas = load.CanvasOf(index);
        canvas.Clear();
        foreach ((uint label, Mask mask) in load.Frames[index].Objects)
            canvas.Paint(mask, (byte)label, PaintRule.Over);
        PngWriter.EncodeIndexed(canvas.Pixels, Palette.Voc, compression);
    }

    /// <summary>Inflates every file with the system's zlib and does nothing else: the limit of reading.</summary>
    public static void InflateAll(PixelWorkload load)
    {
        byte[] rows = new byte[load.Images.Max(i => PngPass.InflatedBytes(i.Header))];
        foreach (byte[] file in load.Files)
        {
            PngLayout layout = PngLayout.Of(file);
            byte[] compressed = new byte[layout.CompressedBytes];
            layout.CopyCompressed(compressed);
            using var zlib = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
            zlib.ReadAtLeast(rows, (int)PngPass.InflatedBytes(layout.Header));
        }
    }

    private static void ReadAll(PixelWorkload load)
    {
        foreach (byte[] bitmap in load.Bitmaps) bitmap.AsSpan().IndexOf((byte)77);
    }

    private static void SetOften(PixelWorkload load)
    {
        byte[] bitmap = new byte[load.Bitmaps[0].Length];
        for (int i = 0; i < 1000; i++) bitmap.AsSpan().Fill((byte)i);
    }
}
