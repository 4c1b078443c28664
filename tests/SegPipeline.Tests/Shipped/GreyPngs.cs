using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.Png;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

/// <summary>Grey PNGs of generated datasets, pixel by pixel.</summary>
internal static class GreyPngs
{
    /// <summary>Writes one.</summary>
    public static void Write(
        TempFolder folder, string name, int widthPx, int heightPx, Func<int, int, int> levelAt)
    {
        var levels = new byte[widthPx * heightPx];
        for (int i = 0; i < levels.Length; i++) levels[i] = (byte)levelAt(i % widthPx, i / widthPx);
        folder.WriteBytes(name, PngWriter.EncodeGrey(
            new RowMajorPixels<byte>(levels, heightPx, widthPx), PngCompression.Fastest));
    }

    /// <summary>The samples of a grey or indexed PNG, as stored.</summary>
    public static (int WidthPx, int HeightPx, byte[] RowMajor) Read(string path)
    {
        using PngImage image = PngReader.Read(File.ReadAllBytes(path));
        return (image.Header.WidthPx, image.Header.HeightPx, image.Pixels.Values.ToArray());
    }
}
