using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.Png;

namespace SegPipeline.Tests.Support;

/// <summary>Small label images, drawn as text: one digit a pixel, <c>V</c> for 255, rows apart by a slash.</summary>
internal static class LabelPngs
{
    /// <summary>Writes an indexed image with VOC's colours, and the folders to it.</summary>
    public static string WriteIndexed(this TempFolder folder, string name, string drawing) =>
        folder.WriteBytes(name, PngWriter.EncodeIndexed(
            Pixels(drawing, Labels(drawing)), Palette.Voc, PngCompression.Fastest));

    /// <summary>Writes a grey image.</summary>
    public static string WriteGrey(this TempFolder folder, string name, string drawing) =>
        folder.WriteBytes(name, PngWriter.EncodeGrey(Pixels(drawing, Labels(drawing)), PngCompression.Fastest));

    /// <summary>Writes a photo of one colour, as PNG whatever its name says.</summary>
    public static string WritePhoto(this TempFolder folder, string name, int widthPx, int heightPx) =>
        folder.WriteBytes(name, PngWriter.EncodePhoto(
            new byte[3 * widthPx * heightPx], heightPx, widthPx, PngCompression.Fastest));

    /// <summary>Writes a file, and the folders to it.</summary>
    public static string WriteBytes(this TempFolder folder, string name, byte[] bytes)
    {
        string path = folder[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>The labels of a drawing, row-major.</summary>
    public static byte[] Labels(string drawing) =>
        [.. drawing.Where(c => c != '/').Select(c => c == 'V' ? byte.MaxValue : (byte)(c - '0'))];

    /// <summary>The drawing of labels.</summary>
    public static string Draw(RowMajorPixels<byte> pixels)
    {
        var rows = new List<string>();
        for (int y = 0; y < pixels.HeightPx; y++)
            rows.Add(string.Concat(pixels.Row(y).ToArray().Select(l => l == byte.MaxValue ? 'V' : (char)('0' + l))));
        return string.Join('/', rows);
    }

    /// <summary>Labels as the pixels of a drawing's size.</summary>
    public static RowMajorPixels<byte> Pixels(string drawing, byte[] labels)
    {
        string[] rows = drawing.Split('/');
        return new RowMajorPixels<byte>(labels, rows.Length, rows[0].Length);
    }
}
