using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats;

/// <summary>Finds the file with the ground truth that a list of results speaks of.</summary>
internal static class JsonFilesNearby
{
    private const int Most = 64;

    /// <summary>The only JSON file beside another that fits; null when none does, or several.</summary>
    public static InputPath? Only(PathLook file, Func<JsonHead, bool> fits)
    {
        PathLook[] found =
        [
            .. (file.Parent?.FilesOf(".json") ?? []).Take(Most).Select(f => file.Parent!.Child(f)).OfType<PathLook>()
                .Where(f => f.FullPath != file.FullPath && f.Json is { IsList: false } json && fits(json)).Take(2),
        ];
        return found.Length == 1 ? found[0].ToInput() : null;
    }
}
