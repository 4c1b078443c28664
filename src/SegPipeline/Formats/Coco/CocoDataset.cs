using System.Globalization;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Coco;

/// <summary>A COCO file that is open for reading.</summary>
internal sealed class CocoDataset : OpenDataset
{
    private readonly CocoReader _stage;
    private readonly ScannedFiles _files;
    private readonly AnnotationRecords _records;
    private readonly MediaFolder? _media;

    private CocoDataset(CocoReader stage, AnnotationInput input, ScannedFiles files, Action<string> warn)
    {
        _stage = stage;
        _files = files;
        _media = stage.Images is null ? null : new MediaFolder(stage.Images);
        var source = new CocoSource(files.Annotations, files.Index, stage.ShortPolygons);
        _records = new AnnotationRecords(
            input, AnnotationLayout.Images, files, source, planned => [.. planned.Select(KeyOf)], warn);
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
    public static CocoDataset Open(CocoReader stage, StageContext context)
    {
        var input = new AnnotationInput(stage.Annotations, stage.GroundTruth)
        {
            SameRecords = stage.SameImages,
            NotNumbers = stage.NotNumbers,
        };
        ScannedFiles files = ScannedFiles.Scan(
            input, AnnotationLayout.Images, (file, index) => new ImageIndexer(file, index), context.Warn);
        try
        {
            return new CocoDataset(stage, input, files, context.Warn);
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
        SampleEntry image = _records.SampleAt(index);
        return new Sample
        {
            Key = Plan[index].Key,
            Id = image.Id,
            Instances = [.. _records.InstancesAt(index)],
            Frames = [new Frame(image.Name ?? "", image.WidthPx, image.HeightPx) { Photo = PhotoOf(image) }],
            SourceRecord = _records.RecordOf(image),
        };
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _files.Dispose();
        base.Dispose();
    }

    private string KeyOf(int ordinal)
    {
        SampleEntry image = _files.Index.Samples[ordinal];
        if (_stage.Key == CocoKey.FileName && image.Name is { Length: > 0 } name) return name.Replace('\\', '/');
        if (_stage.Key == CocoKey.FileName)
            throw JsonFault.At(_files.Surroundings, image.Record.Offset, "NO_FILE_NAME",
                "expected an image to have a file_name or a coco_url, found neither", $"image {image.Id}",
                "add the file name, or set key: id");
        return image.Id.IsInteger
            ? image.Id.Number.ToString(CultureInfo.InvariantCulture)
            : JsonText.Unquote(image.Id.JsonText);
    }

    private PhotoFile? PhotoOf(SampleEntry image)
    {
        if (_media is null || image.Name is null) return null;
        string name = image.Name.Replace('\\', '/');
        if (_stage.StripPrefix.Length > 0 && name.StartsWith(_stage.StripPrefix, StringComparison.Ordinal))
            name = name[_stage.StripPrefix.Length..];
        try
        {
            return _media.Find(NameParts.Of(name, _stage.FindBy));
        }
        catch (RecordFaultException e)
        {
            throw _records.FaultIn(image, e);
        }
    }
}
