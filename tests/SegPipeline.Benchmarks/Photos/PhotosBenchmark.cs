using Microsoft.Win32.SafeHandles;
using SegPipeline.Imaging;
using SegPipeline.Masks;
using SegPipeline.Masks.Geometry;
using SegPipeline.Masks.LabelImages;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;
using SegPipeline.Transforms;

namespace SegPipeline.Benchmarks.Photos;

/// <summary>Photos: headers, and making them smaller together with their masks.</summary>
internal static class PhotosBenchmark
{
    /// <summary>Measures and prints one row per piece of work.</summary>
    /// <param name="args">A folder of large JPEGs with grey PNG masks, and one of class folders of small
    /// JPEGs.</param>
    public static void Run(string[] args)
    {
        string[] big = Files(args[0], "*.jpg"), masks = Files(args[0], "*.png"), small = Files(args[1], "*.jpg");
        string scratch = Directory.CreateTempSubdirectory("segpipe-bench-").FullName;
        try
        {
            var peer = new PhotoPeer(args[0], args[1], scratch);
            Headers(small, peer["headers"]);
            Masks(masks, peer["masks"]);
            foreach (JpegLibrary library in new[] { JpegLibrary.Turbojpeg, JpegLibrary.Imagesharp })
            {
                Halve($"{big.Length} BIG-sized photos halved, {library}", big, library, peer["big"], scratch);
                Halve($"{small.Length} small JPEGs halved, {library}", small, library, peer["small"], scratch);
            }
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static void Headers(string[] files, double? peer)
    {
        PhotoFile[] photos = [.. files.Select(f => new PhotoFile(f))];
        Table.WriteBeside($"headers of {files.Length} small JPEGs, one core", files.Length, () =>
        {
            foreach (PhotoFile photo in photos) PhotoHeader.Read(photo, photo.FilePath);
        }, peer, Table.Rate(files.Length, () => Touch(files)));
    }

    // What no reader of headers can do without: open, read once, close.
    private static void Touch(string[] files)
    {
        byte[] buffer = new byte[4096];
        foreach (string file in files)
        {
            using SafeFileHandle handle = File.OpenHandle(file);
            RandomAccess.Read(handle, buffer, 0);
        }
    }

    private static void Masks(string[] files, double? peer)
    {
        double limit = Table.Rate(files.Length, () => Array.ForEach(files, f => PngReader.Read(File.ReadAllBytes(f))));
        Table.WriteBeside($"{files.Length} BIG-sized masks read, halved, written as PNG, one core", files.Length,
            () => Array.ForEach(files, HalveMask), peer, limit);
    }

    private static void HalveMask(string file)
    {
        using PngImage image = PngReader.Read(File.ReadAllBytes(file));
        int heightPx = image.Header.HeightPx, widthPx = image.Header.WidthPx;
        Mask mask = Mask.FromBitmapRowMajor(heightPx, widthPx, image.Samples);
        Mask half = MaskResize.Nearest(mask, (heightPx + 1) / 2, (widthPx + 1) / 2);
        var canvas = new LabelCanvas<byte>(half.HeightPx, half.WidthPx, background: 0);
        canvas.Paint(half, label: 255, PaintRule.Over);
        PngWriter.EncodeGrey(canvas.Pixels, PngCompression.Balanced);
    }

    private static void Halve(string work, string[] files, JpegLibrary library, double? peer, string scratch)
    {
        (ReleaseName Name, Photo Photo)[] photos =
            [.. files.Select((f, i) => (ReleaseName.From($"{i}"), Half(f, library)))];
        IPhotoCodec codec = library == JpegLibrary.Turbojpeg ? new TurboJpegCodec(90) : new JpegCodec(90);
        double limit = Table.Rate(files.Length, () => files.AsParallel().ForAll(f => Decode(codec, f)));
        Table.WriteBeside(work, files.Length, () =>
        {
            string folder = Directory.CreateDirectory(Path.Combine(scratch, "out")).FullName;
            using (var transfers = new PhotoTransfers((_, _) => { }))
            {
                foreach ((ReleaseName name, Photo photo) in photos)
                    transfers.Begin(name, photo, MediaTransfer.Copy, Path.Combine(folder, name.Value));
                transfers.AwaitAll();
            }
            Directory.Delete(folder, recursive: true);
        }, peer, limit);
    }

    // Whoever halves must decode; the codec may do so at half the size.
    private static void Decode(IPhotoCodec codec, string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        PhotoHeader header = PhotoHeader.Read(new MemoryStream(bytes), file);
        codec.DecodeReduced(bytes, file, (header.WidthPx + 1) / 2, (header.HeightPx + 1) / 2);
    }

    private static Photo Half(string file, JpegLibrary library)
    {
        var photo = new PhotoFile(file);
        PhotoHeader header = PhotoHeader.Read(photo, file);
        var sample = new Sample
        {
            Key = file,
            Frames = [new Frame(file, header.WidthPx, header.HeightPx) { Photo = photo }],
        };
        var output = new StageOutput();
        new Downsample { Factor = 2, Codec = library }
            .Prepare(new DatasetInfo(), new StageContext("half", Seed: 0))(sample, output);
        return output.Emitted[0].Sample.Frame.Photo!;
    }

    private static string[] Files(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
