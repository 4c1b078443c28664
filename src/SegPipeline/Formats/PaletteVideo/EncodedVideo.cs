using SegPipeline.Stages;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>What writing a video cost or left out.</summary>
internal record struct VideoLosses
{
    /// <summary>What shapes lost to others, counted in each frame.</summary>
    public PaintLosses Painting { get; set; }

    /// <summary>Objects that do not appear in the first frame, where only that is written.</summary>
    public long LateObjects { get; set; }

    /// <summary>Videos that get no mask: none of the frames that should have one is annotated.</summary>
    public long BareVideos { get; set; }

    /// <summary>The sum of two.</summary>
    public static VideoLosses operator +(VideoLosses a, VideoLosses b) => new()
    {
        Painting = a.Painting + b.Painting,
        LateObjects = a.LateObjects + b.LateObjects,
        BareVideos = a.BareVideos + b.BareVideos,
    };
}

/// <summary>A video, ready to be written.</summary>
/// <param name="Folder">Name of its folder.</param>
/// <param name="Files">Its images and pictures.</param>
/// <param name="Meta">Its entry of the meta file.</param>
/// <param name="IdMap">Its lines of the id map.</param>
/// <param name="Losses">What was lost.</param>
internal sealed record EncodedVideo(
    ReleaseName Folder, EncodedFiles Files, byte[] Meta, byte[] IdMap, VideoLosses Losses)
{
    /// <summary>Takes it down.</summary>
    public void Save(JournalWriter journal)
    {
        journal.Text(Folder.Value);
        Files.Save(journal);
        journal.Bytes(Meta);
        journal.Bytes(IdMap);
        Losses.Painting.Save(journal);
        journal.Number(Losses.LateObjects);
        journal.Number(Losses.BareVideos);
    }

    /// <summary>Reads what was taken down.</summary>
    public static EncodedVideo Load(JournalReader journal) => new(
        ReleaseName.From(journal.Text()!), EncodedFiles.Load(journal), journal.Bytes().ToArray(),
        journal.Bytes().ToArray(), new VideoLosses
        {
            Painting = PaintLosses.Load(journal),
            LateObjects = journal.Number(),
            BareVideos = journal.Number(),
        });
}
