using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>Label images in a folder, told for other programs as a table of one picture a record.</summary>
internal static class LabelTable
{
    /// <summary>The table.</summary>
    /// <param name="folder">The folder of the release that they are in, at any depth.</param>
    /// <param name="name">Name of the table.</param>
    public static RecordTable Of(ReleaseName folder, string name = "label_images") => new(name, folder + "/**/*.png",
    [
        new RecordField("path", FieldKind.Text, FieldPlace.FileName),
        new RecordField("labels", FieldKind.LabelImage, FieldPlace.Content),
    ]);
}
