using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>The members of image records, whatever their annotations are.</summary>
/// <param name="images">How the pictures get into the release.</param>
/// <param name="imagesDir">Folder of the release that they go into.</param>
internal class ImageMembers(MediaTransfer images, ReleaseName imagesDir) : RecordMembers
{
    /// <summary>Sets what is not the same in the source, so that the text of what is stays.</summary>
    public sealed override void SetFrames(RecordEdit edit, Sample sample, JsonSlice? source)
    {
        byte[] record = source?.Load() ?? "{}"u8.ToArray();
        string? name = Text(record, "file_name"u8) ?? NameParts.FromUrl(Text(record, "coco_url"u8) ?? "");
        if (name != sample.Frame.Name) JsonText.WriteString(edit.Set("file_name"), sample.Frame.Name);
        SetSize(edit, record, "width", sample.Frame.WidthPx);
        SetSize(edit, record, "height", sample.Frame.HeightPx);
    }

    /// <summary>Nothing: of a format whose annotations are not one record for each instance.</summary>
    public override void SetShapes(RecordEdit edit, Sample sample, Instance instance, JsonSlice? source) { }

    /// <inheritdoc/>
    public sealed override bool FollowsFrames(Sample sample) => false;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<(ReleaseName Name, Photo Photo)> PhotosOf(Sample sample)
    {
        Photo photo = sample.Frame.Photo ?? throw new BadDataException(new Problem("NO_PICTURE",
            $"'images: {images.ToString().ToLowerInvariant()}' needs the picture of every image, " +
            $"'{sample.Key}' has none")
        {
            Remedy = "give the reader its folder of pictures, or set images: none",
        });
        return [(imagesDir / ReleaseName.From(sample.Frame.Name), photo)];
    }

    private static string? Text(byte[] record, ReadOnlySpan<byte> name) =>
        JsonMembers.TryFind(record, name, out ReadOnlySpan<byte> json) && json[0] == '"'
            ? JsonText.Unescape(json[1..^1])
            : null;
}
