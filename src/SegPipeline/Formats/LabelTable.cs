using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>Label images in a folder, told for other programs as a table of one picture a record.</summary>
internal static class LabelTable
{
    /// <summary>The table.</summary>
    /// <param name="folder">The folder of the release that they are in, at any depth.</param>
    /// <param name="name">Name of the table.</param>
    public static RecordTable Of(ReleaseName folder, string name = "label_images") =>
        Of(name, folder + "/**/*.png") with { Split = SplitName.Of(folder.Value) };

    /// <summary>The table.</summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="files">The label images, by a pattern.</param>
    public static RecordTable Of(string name, string files) => new(name, files,
    [
        new RecordField("path", FieldKind.Text, FieldPlace.FileName),
        new RecordField("labels", FieldKind.LabelImage, FieldPlace.Content),
    ]);

    /// <summary>A file that lists the samples of a part, one a line.</summary>
    /// <param name="name">Name of the table.</param>
    /// <param name="file">The list.</param>
    /// <param name="split">The part; null when that is not known.</param>
    public static RecordTable OfList(string name, ReleaseName file, string? split) => new(name, file.Value,
        [new RecordField("name", FieldKind.Text, FieldPlace.Line) { IsKey = true }])
    { Split = split };
}
