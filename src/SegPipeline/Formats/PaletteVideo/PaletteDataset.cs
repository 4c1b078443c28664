using System.Collections.Immutable;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>Folders of label images that are open for reading.</summary>
internal sealed class PaletteDataset : OpenDataset
{
    // Run lengths of a frame's objects, not its pixels: those are pooled and live for one frame.
    private const long FrameCostBytes = 1 << 16;

    private readonly PaletteReader _stage;
    private readonly StageContext _context;
    private readonly VideoList _videos;
    private readonly VideoMeta? _meta;
    private readonly Palette _colors;
    private readonly FrameSizes _sizes;
    private readonly Dictionary<string, RecordId> _categoryIds = new(StringComparer.Ordinal);

    private PaletteDataset(PaletteReader stage, StageContext context, VideoList videos, VideoMeta? meta)
    {
        _stage = stage;
        _context = context;
        _videos = videos;
        _meta = meta;
        _colors = stage.Colors is null ? Palette.Voc : PaletteOf(stage.Colors);
        _sizes = new FrameSizes(stage, videos, context.Warn);
        Plan = [.. videos.Videos.Select(v => new PlanEntry(v.Name, Math.Max(1, v.Frames.Length) * FrameCostBytes))];
        foreach (string name in CategoryNames()) _categoryIds.TryAdd(name, new RecordId(_categoryIds.Count + 1));
        Info = new DatasetInfo
        {
            Kind = SampleKind.Video,
            Taxonomy = new Taxonomy(
                [.. _categoryIds.OrderBy(c => c.Value).Select(c => new Category(c.Value, c.Key))], IsDeclared: true),
        };
    }

    /// <inheritdoc/>
    public override DatasetInfo Info { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<PlanEntry> Plan { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> InputFiles =>
    [
        .. new[] { _stage.Meta, _stage.SequencesFile, _stage.Colors }.OfType<InputPath>().Select(p => p.FullPath),
        .. _videos.Videos.SelectMany(v => v.Frames).Where(f => f.Mask is not null)
            .Select(f => _videos.MaskFiles.PathOf(f.Mask!.Value)),
    ];

    /// <summary>Lists the folders of a reader; opens no image.</summary>
    public static PaletteDataset Open(PaletteReader stage, StageContext context) => new(
        stage, context, VideoList.Of(stage, context.Warn), stage.Meta is null ? null : VideoMeta.Read(stage.Meta));

    /// <inheritdoc/>
    public override IReadOnlyList<string>? FilesOf(int index)
    {
        VideoEntry video = _videos.Videos[index];
        return
        [
            .. video.Frames.Where(f => f.Mask is not null).Select(f => _videos.MaskFiles.PathOf(f.Mask!.Value)),
            .. video.Frames.Where(f => f.Picture is not null)
                .Select(f => _videos.PictureFiles!.PathOf(f.Picture!.Value)),
        ];
    }

    /// <inheritdoc/>
    public override Sample Read(int index)
    {
        VideoEntry video = _videos.Videos[index];
        if (video.Problem is { } problem) throw new BadDataException(problem);
        MetaVideo? meta = MetaOf(video);
        DecodedVideo decoded = DecodedVideo.Read(video, _videos.MaskFiles, _stage.Masks.Text, _colors);
        (int heightPx, int widthPx) = _sizes.Check(video, decoded, meta);
        uint? voidLabel = decoded.VoidLabel(_stage.Void);
        var objects = new VideoObjects(decoded, voidLabel, meta?.Objects);
        if (meta?.Objects is { } listed) CheckObjects(video, objects, listed);
        if (objects.HasOnlyVoid)
            _context.Warn($"video '{video.Name}' has no object, only void pixels; set void: none if they are one");
        return new Sample
        {
            Key = video.Name,
            Kind = SampleKind.Video,
            Frames = [.. video.Frames.Select((f, i) => FrameOf(video, f, heightPx, widthPx) with
            {
                Void = objects.VoidOf(i),
                Palette = decoded.Masks[i]?.Palette,
                IsAnnotated = decoded.Masks[i] is not null,
            })],
            Instances = objects.ToInstances(label =>
                _categoryIds[meta?.Objects?.GetValueOrDefault(label) ?? _stage.Category]),
        };
    }

    private IEnumerable<string> CategoryNames()
    {
        if (_meta is null) return [_stage.Category];
        return _meta.IsUndecided ? [.. _meta.Categories, _stage.Category] : _meta.Categories;
    }

    private Frame FrameOf(VideoEntry video, FrameFiles files, int heightPx, int widthPx) =>
        new(files.Picture?.Name ?? $"{video.Name}/{files.Stem}.jpg", widthPx, heightPx)
        {
            Position = files.Position,
            Photo = files.Picture is { } picture ? new PhotoFile(_videos.PictureFiles!.PathOf(picture)) : null,
        };

    private MetaVideo? MetaOf(VideoEntry video)
    {
        if (_meta is null) return null;
        MetaVideo meta = _meta.Find(video.Name) ?? throw MetaFault(video, "expected the video in it, found none");
        if (meta.Length is { } length && length != video.Frames.Length && _stage.Unannotated == Unannotated.Keep)
            throw MetaFault(video,
                $"it says that the video has {Counted.Of(length, "frame")}, found {video.Frames.Length}");
        return meta;
    }

    private void CheckObjects(VideoEntry video, VideoObjects objects, IReadOnlyDictionary<uint, string?> listed)
    {
        foreach (uint label in objects.Labels)
            if (!listed.ContainsKey(label))
                throw MetaFault(video, $"object {label} is in the masks and not in the list, " +
                    $"which has {string.Join(", ", listed.Keys)}");
    }

    private BadDataException MetaFault(VideoEntry video, string message) => new(new Problem("META", message)
    {
        File = _stage.Meta!.Text,
        Record = $"video {video.Name}",
        Remedy = _stage.Frames is null
            ? "name the folder of pictures as 'frames', correct the meta file, or leave it out"
            : "correct the meta file, or leave it out",
    });

    private static Palette PaletteOf(InputPath file)
    {
        using LabelFile image = LabelFile.Read(file.FullPath, file.Text, Palette.Voc);
        return image.Palette ?? throw new BadDataException(
            new Problem("LABEL_FORMAT", "expected an indexed PNG for 'colors', found a grey one") { File = file.Text });
    }
}
