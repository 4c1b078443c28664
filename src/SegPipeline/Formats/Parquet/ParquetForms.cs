using SegPipeline.Model;

namespace SegPipeline.Formats.Parquet;

/// <summary>The words for how a shape was written.</summary>
internal static class ParquetForms
{
    private static readonly Dictionary<SegmentationForm, string> Words = new()
    {
        [SegmentationForm.Null] = "null",
        [SegmentationForm.EmptyList] = "empty",
        [SegmentationForm.Polygons] = "polygons",
        [SegmentationForm.Counts] = "counts",
        [SegmentationForm.CompressedCounts] = "rle",
        [SegmentationForm.LabelRegion] = "label",
    };

    /// <summary>The word of a form.</summary>
    public static string WordOf(SegmentationForm form) => Words[form];

    /// <summary>The form of a word; null when there is none.</summary>
    public static SegmentationForm? Find(string word)
    {
        foreach ((SegmentationForm form, string known) in Words)
            if (known == word) return form;
        return null;
    }
}
