using System.Globalization;
using System.Text;
using SegPipeline.Masks;
using SegPipeline.Stages;

namespace SegPipeline.Benchmarks.Workloads;

/// <summary>
/// Writes a COCO file with the shape of Objects365 v2 val: its file names, its 365 categories, its members without
/// <c>info</c>, polygons of 10 to 80 points, and 3 % crowds as uncompressed counts. The same file for the same numbers.
/// </summary>
/// <param name="ImageCount">Number of images; val has 80,000.</param>
/// <param name="AnnotationCount">Number of annotations; 1,200,000 gives about 1 GB.</param>
internal sealed record Objects365File(int ImageCount, int AnnotationCount)
{
    private const int CategoryCount = 365;
    private const double CrowdShare = 0.03;

    private static readonly (int Width, int Height)[] Sizes =
        [(640, 480), (480, 640), (640, 427), (427, 640), (512, 512), (768, 512), (800, 600), (1024, 683), (500, 375)];

    /// <summary>
    /// Whether annotations stand in the order of their images, or scattered as in the official COCO files.
    /// </summary>
    public bool IsScattered { get; init; }

    /// <summary>Name of the photo of an image, as Objects365 writes it.</summary>
    public static string FileName(int id) => string.Create(
        CultureInfo.InvariantCulture, $"images/v1/patch{id % 44}/objects365_v1_{id:D8}.jpg");

    /// <summary>Writes the boxes with their masks.</summary>
    public void Write(string path) => Write(path, withMasks: true);

    /// <summary>Writes the boxes only, as the published file has them.</summary>
    public void WriteBoxes(string path) => Write(path, withMasks: false);

    private void Write(string path, bool withMasks)
    {
        using var text = new StreamWriter(path, append: false, new UTF8Encoding(false), bufferSize: 1 << 20);
        text.Write("{\"images\": [");
        for (int i = 1; i <= ImageCount; i++)
        {
            (int width, int height) = SizeOf(i);
            if (i > 1) text.Write(',');
            text.Write(string.Create(CultureInfo.InvariantCulture,
                $"{{\"height\": {height},\"id\": {i},\"license\": {1 + i % 8},\"width\": {width},"));
            text.Write($"\"file_name\": \"{FileName(i)}\",\"url\": \"\"}}");
        }

        text.Write("],\"annotations\": [");
        for (int i = 1; i <= AnnotationCount; i++)
        {
            if (i > 1) text.Write(',');
            WriteAnnotation(text, i, withMasks);
        }

        text.Write("],\"categories\": [");
        for (int i = 1; i <= CategoryCount; i++)
            text.Write(string.Create(CultureInfo.InvariantCulture,
                $"{(i > 1 ? "," : "")}{{\"id\": {i},\"name\": \"class {i:D3}\"}}"));
        text.Write("],\"licenses\": []}");
    }

    private void WriteAnnotation(StreamWriter text, int id, bool withMasks)
    {
        KeyedRandom random = SampleRank.Stream(0, "objects365", id.ToString(CultureInfo.InvariantCulture));
        long turn = IsScattered ? id * 48271L % ImageCount : (id - 1L) * ImageCount / AnnotationCount;
        int image = 1 + (int)turn;
        (int width, int height) = SizeOf(image);
        int category = 1 + (int)(CategoryCount * Math.Pow(random.NextDouble(), 2.2));
        bool isCrowd = random.NextDouble() < CrowdShare;
        (string segmentation, string area, string box) = isCrowd
            ? Crowd(ref random, width, height)
            : Outline(ref random, width, height);
        text.Write('{');
        if (withMasks) text.Write($"\"segmentation\": {segmentation},");
        text.Write(string.Create(CultureInfo.InvariantCulture,
            $"\"area\": {area},\"iscrowd\": {(isCrowd ? 1 : 0)},\"image_id\": {image},\"bbox\": {box},"));
        text.Write(string.Create(CultureInfo.InvariantCulture, $"\"category_id\": {category},\"id\": {id}}}"));
    }

    private static (int Width, int Height) SizeOf(int image) => Sizes[image * 7 % Sizes.Length];

    private static (string Segmentation, string Area, string Box) Outline(ref KeyedRandom random, int width, int height)
    {
        int points = random.NextInt(10, 81);
        double radius = Math.Min(width, height) * (0.02 + 0.4 * Math.Pow(random.NextDouble(), 2));
        double centreX = width * (0.05 + 0.9 * random.NextDouble());
        double centreY = height * (0.05 + 0.9 * random.NextDouble());
        var text = new StringBuilder("[[");
        double[] x = new double[points], y = new double[points];
        for (int i = 0; i < points; i++)
        {
            double angle = 2 * Math.PI * i / points, reach = radius * (0.7 + 0.6 * random.NextDouble());
            x[i] = Math.Round(Math.Clamp(centreX + reach * Math.Cos(angle), 0, width), 2);
            y[i] = Math.Round(Math.Clamp(centreY + reach * Math.Sin(angle), 0, height), 2);
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}{x[i]:0.0#},{y[i]:0.0#}");
        }

        double doubled = 0;
        for (int i = 0; i < points; i++)
            doubled += x[i] * y[(i + 1) % points] - y[i] * x[(i + 1) % points];
        string box = string.Create(CultureInfo.InvariantCulture,
            $"[{x.Min():0.0#},{y.Min():0.0#},{x.Max() - x.Min():0.0#},{y.Max() - y.Min():0.0#}]");
        string area = (Math.Abs(doubled) / 2).ToString("R", CultureInfo.InvariantCulture);
        return (text.Append("]]").ToString(), area, box);
    }

    private static (string Segmentation, string Area, string Box) Crowd(ref KeyedRandom random, int width, int height)
    {
        var counts = new List<uint>();
        long left = (long)width * height;
        for (int i = random.NextInt(200, 600); i > 0 && left > 0; i--)
        {
            uint run = (uint)Math.Min(left, random.NextInt(1, height));
            counts.Add(run);
            left -= run;
        }

        if (left > 0) counts.Add((uint)left);
        Mask mask = Mask.FromCounts(height, width, counts.ToArray());
        PixelBox box = mask.Box;
        return ($"{{\"counts\": [{string.Join(',', counts)}],\"size\": [{height},{width}]}}",
            mask.AreaPx.ToString(CultureInfo.InvariantCulture),
            $"[{box.X},{box.Y},{box.WidthPx},{box.HeightPx}]");
    }
}
