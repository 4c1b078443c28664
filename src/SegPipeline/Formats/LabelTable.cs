using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>Label images in a folder, told for other programs as a table of one picture a record.</summary>
internal static class LabelTable
{
    /// <summary>The table.</summary>
    /// <param name="folder">The folder of the release that they are in, at any depth.</param>
    public static RecordTable Of(ReleaseName folder) => new("label_images", folder + "/**/*.png",
    [
        new RecordField("path", FieldKind.Text, FieldPlace.FileName),
        new RecordField("labels", FieldKind.LabelImage, FieldPlace.Content),
    ]);
}
