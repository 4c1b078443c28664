using SegPipeline.Stages;
using SegPipeline.Stages.Recognising;

namespace SegPipeline.Formats.Voc;

/// <summary>Knows PASCAL VOC by the names of its folders.</summary>
internal static class VocRecognition
{
    /// <summary>What a folder is.</summary>
    public static IEnumerable<Recognition> Of(PathLook look)
    {
        string[] classes = [.. look.Folders.Where(f => f.StartsWith("SegmentationClass", StringComparison.Ordinal))];
        string[] masks = [.. classes.Where(f => LabelImageLook.MayHoldLabels(look.Child(f)!))];
        if (masks.Length == 0) yield break;
        string folder = masks.Contains("SegmentationClass", StringComparer.Ordinal) ? "SegmentationClass" : masks[0];
        bool hasObjects = look.Folder("SegmentationObject") is not null;
        PathLook? names = look.Child("class_names.txt") ?? ClassLists.In(look);
        var reader = new VocReader
        {
            Root = look.ToInput(),
            Of = hasObjects ? VocInstances.Objects : VocInstances.Classes,
            ClassesDir = folder,
            Taxonomy = names?.ToInput(),
        };
        // The reader opens SET.txt, written just so.
        IEnumerable<string> sets = look.Folder("ImageSets/Segmentation")?.Files
            .Where(f => f.EndsWith(".txt", StringComparison.Ordinal)) ?? [];
        yield return new Recognition(
            reader,
            hasObjects || folder == "SegmentationClass" ? Certainty.Sure : Certainty.Likely,
            hasObjects ? $"{folder} and SegmentationObject" : folder)
        {
            Splits = sets.Select(f => Path.GetFileNameWithoutExtension(f)).ToDictionary(
                set => set, Reader (set) => reader with { Set = set }, StringComparer.Ordinal),
        };
    }
}
