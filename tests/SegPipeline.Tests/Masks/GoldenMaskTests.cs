using System.Text.Json;
using SegPipeline.Masks;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Masks;

[Trait("Category", "Golden")]
public sealed class GoldenMaskTests
{
    [GoldenFact]
    public void Polygons_give_the_run_lengths_area_and_box_of_pycocotools()
    {
        foreach (JsonElement c in GoldenCases.Load("polygons.json"))
        {
            double[][] parts = [.. c.GetProperty("polygons").EnumerateArray().Select(GoldenCases.Numbers)];
            Mask mask = PolygonFill.Fill(
                c.GetProperty("h").GetInt32(), c.GetProperty("w").GetInt32(), parts, PolygonRule.Pycocotools);
            Assert.Equal(GoldenCases.Text(c.GetProperty("rle")), mask.ToCocoString());
            Assert.Equal(c.GetProperty("area").GetInt64(), mask.AreaPx);
            Assert.Equal(GoldenCases.Box(c.GetProperty("bbox")), mask.Box);
        }
    }

    [GoldenFact]
    public void Bitmaps_give_the_run_lengths_area_and_box_of_pycocotools()
    {
        foreach (JsonElement c in GoldenCases.Load("bitmaps.json"))
        {
            int height = c.GetProperty("h").GetInt32(), width = c.GetProperty("w").GetInt32();
            uint[] counts = [.. c.GetProperty("counts").EnumerateArray().Select(n => n.GetUInt32())];
            Mask mask = Mask.FromCounts(height, width, counts);
            string text = GoldenCases.Text(c.GetProperty("rle"));
            Assert.Equal(text, mask.ToCocoString());
            Assert.Equal(counts, Mask.FromCocoString(height, width, text).Counts.ToArray());
            Assert.Equal(c.GetProperty("area").GetInt64(), mask.AreaPx);
            Assert.Equal(GoldenCases.Box(c.GetProperty("bbox")), mask.Box);
            CheckRows(c.GetProperty("rows"), mask);
        }
    }

    [GoldenFact]
    public void Union_intersection_and_overlap_are_those_of_pycocotools()
    {
        foreach (JsonElement c in GoldenCases.Load("operations.json"))
        {
            Mask[] masks = [.. c.GetProperty("masks").EnumerateArray().Select(GoldenCases.Mask)];
            Assert.Equal(GoldenCases.Text(c.GetProperty("union")), MaskSets.Union(masks).ToCocoString());
            Assert.Equal(GoldenCases.Text(c.GetProperty("intersection")), MaskSets.Intersect(masks).ToCocoString());
            bool[] crowd = [.. c.GetProperty("crowd_of_second").EnumerateArray().Select(n => n.GetInt32() == 1)];
            JsonElement expected = c.GetProperty("iou_first_by_second");
            int first = expected.GetArrayLength();
            double[,] iou = MaskOverlap.Iou(masks.AsSpan(0, first), masks.AsSpan(masks.Length - crowd.Length), crowd);
            for (int d = 0; d < first; d++)
                for (int t = 0; t < crowd.Length; t++)
                    Assert.Equal(expected[d][t].GetDouble(), iou[d, t]);
        }
    }

    private static void CheckRows(JsonElement rows, Mask mask)
    {
        if (rows.ValueKind == JsonValueKind.Null) return;
        byte[] bitmap = [.. rows.EnumerateArray().SelectMany(row => row.GetString()!.Select(c => (byte)(c - '0')))];
        Mask encoded = Mask.FromBitmapRowMajor(mask.HeightPx, mask.WidthPx, bitmap);
        Assert.Equal(mask.Counts.ToArray(), encoded.Counts.ToArray());
        byte[] back = new byte[bitmap.Length];
        mask.CopyToRowMajor(back);
        Assert.Equal(bitmap, back);
    }
}
