using SegPipeline.Masks.Bitmaps;
using SegPipeline.Masks.Png;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

/// <summary>A small dataset in the layout of ADE20K scene parsing, and predictions of it that count from 0.</summary>
internal static class GeneratedLabelMaps
{
    private const int WidthPx = 12, HeightPx = 7;

    /// <summary>The taxonomy: two of stuff and two of things.</summary>
    public const string Taxonomy = "Idx,Ratio,Train,Val,Stuff,Name\n1,0,0,0,1,wall\n2,0,0,0,1,sky\n3,0,0,0,0,car\n" +
        "4,0,0,0,0,cat\n";

    /// <summary>Writes the folders <c>data</c> and <c>predictions</c> and the file <c>classes.csv</c>.</summary>
    public static void Write(TempFolder folder, int images)
    {
        folder.Write("classes.csv", Taxonomy);
        for (int i = 0; i < images; i++)
        {
            folder.WritePhoto($"data/images/validation/ADE_{i:D3}.jpg", WidthPx, HeightPx);
            Write(folder, $"data/annotations/validation/ADE_{i:D3}.png", TruthAt, i);
            Write(folder, $"predictions/ADE_{i:D3}.png", (image, x, y) => PredictionAt(image, x, y) - 1, i);
        }
    }

    /// <summary>The sums of intersections and unions over all pixels that have a true label, by label.</summary>
    public static (long Intersection, long Union)[] Expected(int images)
    {
        var sums = new (long Intersection, long Union)[5];
        for (int i = 0; i < images * WidthPx * HeightPx; i++)
        {
            int image = i / (WidthPx * HeightPx), y = i / WidthPx % HeightPx, x = i % WidthPx;
            int truth = TruthAt(image, x, y), prediction = PredictionAt(image, x, y);
            if (truth == 0) continue;
            sums[truth].Union++;
            if (truth == prediction) sums[truth].Intersection++;
            else sums[prediction].Union++;
        }
        return sums;
    }

    /// <summary>Arguments that name what was written.</summary>
    public static string[] Arguments(TempFolder folder) =>
        ["--set", $"data={folder["data"]}", "--set", $"taxonomy={folder["classes.csv"]}"];

    private static int TruthAt(int image, int x, int y) => (x / 3 + y / 2 + image) % 5;

    private static int PredictionAt(int image, int x, int y) =>
        (x + image) % 4 == 0 ? y % 4 + 1 : Math.Max(1, TruthAt(image, x, y));

    private static void Write(TempFolder folder, string name, Func<int, int, int, int> labelAt, int image)
    {
        var labels = new byte[WidthPx * HeightPx];
        for (int i = 0; i < labels.Length; i++) labels[i] = (byte)labelAt(image, i % WidthPx, i / WidthPx);
        folder.WriteBytes(name, PngWriter.EncodeGrey(
            new RowMajorPixels<byte>(labels, HeightPx, WidthPx), PngCompression.Fastest));
    }
}
