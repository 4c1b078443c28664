using System.Text;
using SegPipeline.Masks;
using SegPipeline.Stages;

namespace SegPipeline.Benchmarks.Workloads;

/// <summary>
/// Writes a YouTube-VIS file with the shape of LV-VIS train: 720p videos of 18 to 32 frames, 1,196 categories with a
/// partition, a drifting outline per object and frame as a COCO string, null in about 15 % of frames. The same file for
/// the same numbers.
/// </summary>
/// <param name="VideoCount">Number of videos; LV-VIS train has 4,828 with 26,099 objects.</param>
internal sealed record LvvisFile(int VideoCount)
{
    private const int HeightPx = 720, WidthPx = 1280, CategoryCount = 1196;
    private const double ObjectsPerVideo = 26_099.0 / 4_828, AbsentShare = 0.15;

    /// <summary>Writes the file.</summary>
    public void Write(string path)
    {
        using var text = new StreamWriter(path, append: false, new UTF8Encoding(false), bufferSize: 1 << 20);
        text.Write("{\"info\": {}, \"licenses\": [], \"videos\": [");
        for (int v = 0; v < VideoCount; v++) text.Write((v > 0 ? ", " : "") + Video(v));
        text.Write("], \"categories\": [");
        for (int c = 1; c <= CategoryCount; c++)
            text.Write($"{(c > 1 ? ", " : "")}{{\"id\": {c}, \"name\": \"cat_{c:D4}\", \"partition\": {c % 4}}}");
        text.Write("], \"annotations\": [");
        for (int k = 0; k < (int)(VideoCount * ObjectsPerVideo); k++) text.Write((k > 0 ? ", " : "") + Annotation(k));
        text.Write("]}");
    }

    private static int Length(int video) => Random("video", video).NextInt(18, 33);

    private static KeyedRandom Random(string what, int number) => SampleRank.Stream(1, what, $"{number}");

    private static string Video(int video)
    {
        int length = Length(video);
        string names = string.Join(", ", Enumerable.Range(0, length).Select(f => $"\"{video:D5}/{f:D5}.jpg\""));
        return $"{{\"license\": 1, \"coco_url\": \"\", \"height\": {HeightPx}, \"width\": {WidthPx}, " +
            $"\"length\": {length}, \"file_names\": [{names}], \"id\": {video + 1}}}";
    }

    private static string Annotation(int number)
    {
        KeyedRandom random = Random("object", number);
        int video = (int)(number / ObjectsPerVideo);
        int points = random.NextInt(60, 260);
        double sidePx = 40 * Math.Exp(2.6 * random.NextDouble());
        double x = WidthPx * (0.1 + 0.8 * random.NextDouble()), y = HeightPx * (0.15 + 0.7 * random.NextDouble());
        var segmentations = new List<string>();
        var boxes = new List<string>();
        var areas = new List<string>();
        for (int f = 0; f < Length(video); f++)
        {
            Mask? mask = random.NextDouble() < AbsentShare ? null : Outline(ref random, points, x + 4 * f, y, sidePx);
            PixelBox box = mask?.Box ?? default;
            segmentations.Add(mask is null ? "null" : $"{{\"size\": [{HeightPx}, {WidthPx}], \"counts\": \"" +
                mask.ToCocoString().Replace("\\", "\\\\", StringComparison.Ordinal) + "\"}");
            boxes.Add(mask is null ? "null" : $"[{box.X}.0, {box.Y}.0, {box.WidthPx}.0, {box.HeightPx}.0]");
            areas.Add(mask is null ? "null" : $"{mask.AreaPx}");
        }

        return $"{{\"video_id\": {video + 1}, \"iscrowd\": 0, \"height\": {HeightPx}, \"width\": {WidthPx}, " +
            $"\"length\": {segmentations.Count}, \"segmentations\": [{string.Join(", ", segmentations)}], " +
            $"\"bboxes\": [{string.Join(", ", boxes)}], \"areas\": [{string.Join(", ", areas)}], " +
            $"\"category_id\": {random.NextInt(1, CategoryCount + 1)}, \"id\": {number + 1}}}";
    }

    private static Mask Outline(ref KeyedRandom random, int points, double x, double y, double sidePx)
    {
        double[] xy = new double[2 * points];
        for (int i = 0; i < points; i++)
        {
            double angle = Math.Tau * i / points, radius = sidePx / 2 * (0.97 + 0.06 * random.NextDouble());
            radius *= 1 + 0.2 * Math.Sin(3 * angle);
            xy[2 * i] = Math.Clamp(x + radius * Math.Cos(angle), 0, WidthPx);
            xy[2 * i + 1] = Math.Clamp(y + radius * Math.Sin(angle), 0, HeightPx);
        }

        return PolygonFill.Fill(HeightPx, WidthPx, xy);
    }
}
