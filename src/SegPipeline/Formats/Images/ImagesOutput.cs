using System.Globalization;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Images;

/// <summary>A folder of pictures that is being written.</summary>
internal sealed class ImagesOutput(ImagesWriter stage, IReleaseFolder release) : OpenOutput
{
    private readonly MediaTransfer _transfer = stage.Images switch
    {
        PictureTransfer.Hardlink => MediaTransfer.Hardlink,
        PictureTransfer.Symlink => MediaTransfer.Symlink,
        _ => MediaTransfer.Copy,
    };

    /// <inheritdoc/>
    public override object Encode(IReadOnlyList<Sample> samples) =>
        samples.SelectMany(sample => sample.Frames.Select(frame => NamedPhoto(sample, frame))).ToArray();

    /// <inheritdoc/>
    public override void Append(object encoded)
    {
        foreach ((ReleaseName name, Photo photo) in ((ReleaseName, Photo)[])encoded)
            release.AddPhoto(name, photo, _transfer);
    }

    /// <inheritdoc/>
    public override bool IsResumable => true;

    /// <inheritdoc/>
    public override void Save(object encoded, JournalWriter journal)
    {
        var photos = ((ReleaseName Name, Photo Photo)[])encoded;
        journal.Number(photos.Length);
        foreach (var (name, _) in photos) journal.File(name);
    }

    /// <inheritdoc/>
    public override object Load(JournalReader journal)
    {
        var photos = new (ReleaseName, Photo)[journal.Count()];
        for (int i = 0; i < photos.Length; i++) photos[i] = (journal.File(), new StagedPhoto());
        return photos;
    }

    /// <inheritdoc/>
    public override void Finish() { }

    private (ReleaseName Name, Photo Photo) NamedPhoto(Sample sample, Frame frame)
    {
        Photo photo = frame.Photo ?? throw new BadDataException(new Problem("NO_PICTURE",
            $"write.images needs every picture, '{frame.Name}' of '{sample.Key}' is not there")
        {
            Remedy = "give the reader its folder of pictures",
        });
        return (stage.Dir / ReleaseName.From(NameOf(sample, frame)), photo);
    }

    private string NameOf(Sample sample, Frame frame)
    {
        string name = frame.Name.Replace('\\', '/');
        if (stage.Names == PictureNames.Keep) return name;
        if (stage.Names == PictureNames.Flat) return NameParts.Last(name, 1);
        string extension = Path.GetExtension(name);
        if (sample.Kind == SampleKind.Video)
            return $"{sample.Key}/{frame.Position.ToString("D5", CultureInfo.InvariantCulture)}{extension}";
        return sample.Key.EndsWith(extension, StringComparison.OrdinalIgnoreCase) ? sample.Key : sample.Key + extension;
    }
}
