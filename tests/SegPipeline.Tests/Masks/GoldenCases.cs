using System.Text.Json;
using SegPipeline.Masks;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Masks;

/// <summary>Reading the files of reference results.</summary>
internal static class GoldenCases
{
    /// <summary>The cases of a file; fails when there are none.</summary>
    public static JsonElement[] Load(string file)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(SharedData.Golden!, file)));
        JsonElement[] cases = [.. json.RootElement.Clone().EnumerateArray()];
        Assert.NotEmpty(cases);
        return cases;
    }

    /// <summary>The mask of a member <c>{"size": [h, w], "counts": "..."}</c>.</summary>
    public static Mask Mask(JsonElement rle) => SegPipeline.Masks.Mask.FromCocoString(
        rle.GetProperty("size")[0].GetInt32(), rle.GetProperty("size")[1].GetInt32(), Text(rle));

    /// <summary>The run-length string of such a member.</summary>
    public static string Text(JsonElement rle) => rle.GetProperty("counts").GetString()!;

    /// <summary>The box [x, y, width, height] of a member.</summary>
    public static PixelBox Box(JsonElement box) => new(
        (int)box[0].GetDouble(), (int)box[1].GetDouble(), (int)box[2].GetDouble(), (int)box[3].GetDouble());

    /// <summary>Numbers of a list.</summary>
    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(n => n.GetDouble())];
}
