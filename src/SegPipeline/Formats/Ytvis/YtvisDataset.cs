using System.Collections.Immutable;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Ytvis;

/// <summary>A YouTube-VIS file that is open for reading.</summary>
internal sealed class YtvisDataset : OpenDataset
{
    private readonly YtvisReader _stage;
    private readonly ScannedFiles _files;
    private readonly YtvisSource _source;
    private readonly AnnotationRecords _records;
    private readonly MediaFolder? _media;

    private YtvisDataset(YtvisReader stage, AnnotationInput input, ScannedFiles files, Action<string> warn)
    {
        _stage = stage;
        _files = files;
        _media = stage.Frames is null ? null : new MediaFolder(stage.Frames);
        var videos = new YtvisVideos(files.Surroundings, files.Index, warn);
        _source = new YtvisSource(files.Annotations, files.Index, videos, stage.ShortPolygons);
        _records = new AnnotationRecords(input, AnnotationLayout.Videos, files, _source,
            planned => stage.Key == YtvisKey.Folder ? videos.FolderKeys(planned) : [.. planned.Select(videos.IdKey)],
            warn);
    }

    /// <inheritdoc/>
    public override DatasetInfo Info => _records.Info;

    /// <inheritdoc/>
    public override IReadOnlyList<PlanEntry> Plan => _records.Plan;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Key, Problem Problem)> Defects => _records.Defects;

    /// <inheritdoc/>
    public override IReadOnlyList<string> InputFiles => _records.InputFiles;

    /// <inheritdoc/>
    public override IReadOnlyList<SourceFile> SourceFiles => _files.Files;

    /// <summary>Opens and indexes the files of a reader.</summary>
    public static YtvisDataset Open(YtvisReader stage, StageContext context)
    {
        var input = new AnnotationInput(stage.Annotations, stage.GroundTruth)
        {
            SameRecords = stage.SameVideos,
            NotNumbers = stage.NotNumbers,
        };
        var indexers = new List<YtvisVideoIndexer>();
        ScannedFiles files = ScannedFiles.Scan(input, AnnotationLayout.Videos, (file, index) =>
        {
            indexers.Add(new YtvisVideoIndexer(file, index));
            return indexers[^1];
        }, context.Warn);
        try
        {
            if (!indexers.Exists(i => i.HasFileNames)) RefuseFrameRecords(files);
            return new YtvisDataset(stage, input, files, context.Warn);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string>? FilesOf(int index) => PhotosOf(Read(index));

    /// <inheritdoc/>
    public override Sample Read(int index)
    {
        SampleEntry video = _records.SampleAt(index);
        JsonSlice record = _records.RecordOf(video);
        try
        {
            ImmutableArray<Frame> frames = FramesOf(video, record);
            ReadOnlySpan<int> ordinals = _records.AnnotationsAt(index);
            foreach (int ordinal in ordinals) _source.CheckLists(ordinal);
            Instance[] instances = _records.InstancesAt(index);
            if (_stage.Sizes == YtvisSizes.Verify) YtvisSizeCheck.Run(video, frames[0], instances);
            return new Sample
            {
                Key = Plan[index].Key,
                Kind = SampleKind.Video,
                Id = video.Id,
                Frames = frames,
                Instances = [.. instances],
                SourceRecord = record,
            };
        }
        catch (RecordFaultException e)
        {
            throw _records.FaultIn(video, e);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _files.Dispose();
        base.Dispose();
    }

    /// <summary>
    /// Videos without file names beside a list of images are another layout: CocoVID of mmtracking, or TAO.
    /// </summary>
    private static void RefuseFrameRecords(ScannedFiles files)
    {
        if (files.Index.Samples.Count == 0 || !files.Index.Document.Exists(m => m.Name == "images")) return;
        throw JsonFault.At(files.Surroundings, 0, "COCO_VID",
            "expected a YouTube-VIS file, whose videos list their file_names, found a CocoVID file (a list 'images' " +
            "with one record a frame, annotations of single frames with an instance_id)",
            remedy: "use the YouTube-VIS file that it was made from");
    }

    private ImmutableArray<Frame> FramesOf(SampleEntry video, JsonSlice slice)
    {
        using var record = new RecordBytes(slice.File, slice.Offset, slice.LengthBytes);
        ImmutableArray<string> names = YtvisVideoText.FileNames(record.Text);
        int[] positions = YtvisVideoText.Positions(names);
        Segmentation?[]? voids = YtvisVideoText.Voids(record.Text, video, names.Length);
        Palette?[]? palettes = YtvisVideoText.Palettes(record.Text, names.Length);
        bool[]? annotated = YtvisVideoText.Annotated(record.Text, names.Length);
        var frames = ImmutableArray.CreateBuilder<Frame>(names.Length);
        for (int i = 0; i < names.Length; i++)
            frames.Add(new Frame(names[i], video.WidthPx, video.HeightPx)
            {
                Position = positions[i],
                Photo = _media?.Find(NameParts.Of(names[i].Replace('\\', '/'), _stage.FindBy)),
                Void = voids?[i],
                Palette = palettes?[i],
                IsAnnotated = annotated?[i],
            });
        return frames.MoveToImmutable();
    }
}
