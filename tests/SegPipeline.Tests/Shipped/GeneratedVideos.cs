using System.Globalization;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Shipped;

/// <summary>Videos of label images with photos, in the layout of MOSE: objects come late, hide and come back.</summary>
internal static class GeneratedVideos
{
    /// <summary>Writes <c>Annotations</c> and <c>JPEGImages</c>; video i has i + 2 frames of 8 x 3 pixels.</summary>
    public static void Write(TempFolder folder, int videos)
    {
        for (int v = 0; v < videos; v++)
        {
            for (int f = 0; f < v + 2; f++)
            {
                // Numbers of more than five digits, with gaps, as MOSE v2 has them.
                string name = string.Create(CultureInfo.InvariantCulture, $"{v:x8}/{99_998 + 2 * f:D5}");
                char second = f % 3 == 1 ? '2' : '0';
                string row = new string('1', f % 4 + 1) + new string(second, 2);
                string rows = string.Join('/', Enumerable.Repeat(row.PadRight(8, '0'), 3));
                folder.WriteIndexed($"Annotations/{name}.png", rows);
                folder.WritePhoto($"JPEGImages/{name}.jpg", 8, 3);
            }
        }
    }

    /// <summary>The arguments that point a pipeline at them.</summary>
    public static string[] Arguments(TempFolder folder) =>
        ["--set", $"masks={folder["Annotations"]}", "--set", $"frames={folder["JPEGImages"]}"];

    /// <summary>The arguments that point a pipeline at real videos of DAVIS with photos.</summary>
    public static string[] DavisArguments()
    {
        string davis = Path.Combine(SharedData.Data!, "video-palette", "davis");
        return ["--set", $"masks={davis}/Annotations/480p", "--set", $"frames={davis}/JPEGImages/480p"];
    }

    /// <summary>How many files of a release lie below a folder.</summary>
    public static int CountFiles(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length : 0;
}
