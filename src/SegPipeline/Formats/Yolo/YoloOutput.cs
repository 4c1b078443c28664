using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Yolo;

/// <summary>An image, ready to be written.</summary>
/// <param name="Files">Its lines and its picture.</param>
/// <param name="Losses">What the lines cannot say.</param>
internal sealed record EncodedYoloImage(EncodedFiles Files, YoloLosses Losses);

/// <summary>A split of a YOLO dataset that is being written.</summary>
internal sealed class YoloOutput : OpenOutput
{
    private readonly YoloWriter _stage;
    private readonly IReleaseFolder _release;
    private readonly StageContext _context;
    private readonly YoloClasses _classes;
    private readonly YoloEncoder _encoder;
    private YoloLosses _losses;

    /// <summary>Opens the output.</summary>
    public YoloOutput(YoloWriter stage, Taxonomy taxonomy, IReleaseFolder release, StageContext context)
    {
        (_stage, _release, _context) = (stage, release, context);
        _classes = new YoloClasses(taxonomy);
        _encoder = new YoloEncoder(_classes, stage.Parts);
    }

    /// <inheritdoc/>
    public override object Encode(IReadOnlyList<Sample> samples) => samples.Select(EncodeOne).ToArray();

    /// <inheritdoc/>
    public override void Append(object encoded)
    {
        foreach (EncodedYoloImage image in (EncodedYoloImage[])encoded)
        {
            image.Files.WriteTo(_release, _stage.Images);
            _losses += image.Losses;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RecordTable> Tables =>
    [
        new RecordTable("labels", $"labels/{_stage.Split}/*.txt",
        [
            new RecordField("path", FieldKind.Text, FieldPlace.FileName),
            new RecordField("object", FieldKind.Text, FieldPlace.Line)
            {
                Description = "The class, from 0, then x and y of each corner as parts of width and height.",
            },
        ])
        { Split = _stage.Split },
    ];

    /// <inheritdoc/>
    public override bool IsResumable => true;

    /// <inheritdoc/>
    public override void Save(object encoded, JournalWriter journal)
    {
        var images = (EncodedYoloImage[])encoded;
        journal.Number(images.Length);
        foreach (EncodedYoloImage image in images)
        {
            image.Files.Save(journal);
            image.Losses.Save(journal);
        }
    }

    /// <inheritdoc/>
    public override object Load(JournalReader journal)
    {
        var images = new EncodedYoloImage[journal.Count()];
        for (int i = 0; i < images.Length; i++)
            images[i] = new EncodedYoloImage(EncodedFiles.Load(journal), YoloLosses.Load(journal));
        return images;
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        _losses.Report(_context.Warn);
        if (_stage.AllSplits[0] != _stage.Split) return;
        using Stream file = _release.CreateFile(ReleaseName.From("data.yaml"));
        file.Write(_classes.ToYaml(_stage.AllSplits));
    }

    private EncodedYoloImage EncodeOne(Sample image)
    {
        string path = ReleaseName.From(image.Frame.Name).Value;
        string name = _stage.Names == YoloNames.Path
            ? path.Replace('/', '_')
            : NameParts.Last(path, 1);
        var files = new EncodedFiles();
        byte[] lines = _encoder.Encode(image, out YoloLosses losses);
        files.Add(ReleaseName.From($"labels/{_stage.Split}/{Path.GetFileNameWithoutExtension(name)}.txt"), lines);
        if (_stage.Images != MediaTransfer.None)
            files.Add(ReleaseName.From($"images/{_stage.Split}/{name}"),
                WantedPicture.Of(image.Frame, _stage.Images));
        return new EncodedYoloImage(files, losses);
    }
}
