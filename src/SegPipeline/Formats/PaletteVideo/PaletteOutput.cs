using System.Collections.Concurrent;
using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>Folders of label images that are being written.</summary>
internal sealed class PaletteOutput(
    PaletteWriter stage, DatasetInfo info, IReleaseFolder release, StageContext context) : OpenOutput
{
    private readonly ConcurrentBag<VideoEncoder> _encoders = [];
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly Stream? _sequences = Create(stage.SequencesFile, release);
    private readonly Stream? _idMap = Create(stage.IdMap, release);
    private readonly Stream? _meta = Create(stage.Meta, release);
    private VideoLosses _losses;

    /// <inheritdoc/>
    public override object Encode(IReadOnlyList<Sample> samples)
    {
        if (!_encoders.TryTake(out VideoEncoder? encoder)) encoder = new VideoEncoder(stage, info.Taxonomy);
        var videos = new EncodedVideo[samples.Count];
        for (int i = 0; i < videos.Length; i++) videos[i] = encoder.Encode(samples[i]);
        _encoders.Add(encoder);
        return videos;
    }

    /// <inheritdoc/>
    public override void Append(object encoded)
    {
        foreach (EncodedVideo video in (EncodedVideo[])encoded)
        {
            if (!_folders.Add(video.Folder.Value)) throw Twice(video.Folder);
            video.Files.WriteTo(release, stage.Frames);
            // A reader needs something to read of every video that is listed.
            if (stage.Frames != MediaTransfer.None || video.Losses.BareVideos == 0)
                _sequences?.Write(Encoding.UTF8.GetBytes(video.Folder.Value + "\n"));
            _idMap?.Write(video.IdMap);
            _meta?.Write(_folders.Count == 1 ? "{\"videos\":{"u8 : ","u8);
            _meta?.Write(video.Meta);
            _losses += video.Losses;
        }
    }

    /// <inheritdoc/>
    public override bool IsResumable => true;

    /// <inheritdoc/>
    public override void Save(object encoded, JournalWriter journal)
    {
        var videos = (EncodedVideo[])encoded;
        journal.Number(videos.Length);
        foreach (EncodedVideo video in videos) video.Save(journal);
    }

    /// <inheritdoc/>
    public override object Load(JournalReader journal)
    {
        var videos = new EncodedVideo[journal.Count()];
        for (int i = 0; i < videos.Length; i++) videos[i] = EncodedVideo.Load(journal);
        return videos;
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        _meta?.Write(_folders.Count == 0 ? "{\"videos\":{}}\n"u8 : "}}\n"u8);
        Close();
        long listed = _folders.Count - (stage.Frames == MediaTransfer.None ? _losses.BareVideos : 0);
        if (stage.SequencesFile is { } list) release.CountRecords(list, "videos", listed);
        if (stage.Meta is { } meta) release.CountRecords(meta, "videos", _folders.Count);
        Report();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RecordTable> Tables => stage.SequencesFile is { } list
        ? [LabelTable.OfList("videos", list, SplitName.Of(list.Value)), LabelTable.Of(stage.Dir)]
        : [LabelTable.Of(stage.Dir)];

    /// <inheritdoc/>
    public override void Dispose()
    {
        Close();
        base.Dispose();
    }

    private static Stream? Create(ReleaseName? name, IReleaseFolder release) =>
        name is { } file ? release.CreateFile(file) : null;

    private void Close()
    {
        _sequences?.Dispose();
        _idMap?.Dispose();
        _meta?.Dispose();
    }

    private void Report()
    {
        _losses.Painting.Report(stage.Overlap, context.Warn);
        if (_losses.LateObjects > 0)
            context.Warn($"{Counted.Of(_losses.LateObjects, "object does", "objects do")} not appear " +
                "in the first frame, which is the only one with a mask");
        if (_losses.BareVideos > 0)
            context.Warn($"of {Counted.Of(_losses.BareVideos, "video")} {Which}: no mask was written");
    }

    private string Which =>
        stage.Masks == PaletteFrames.First ? "the first frame is not annotated" : "no frame is annotated";

    private static BadDataException Twice(ReleaseName folder) => new(new Problem("DUPLICATE_SEQUENCE",
        $"expected every video to have a folder of its own, found '{folder}' twice")
    {
        Record = $"video {folder}",
        Remedy = "rename the frames of one of them in the source",
    });
}
