using System.Collections.Concurrent;
using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Voc;

/// <summary>An image, ready to be written.</summary>
/// <param name="Stem">Its name without extension.</param>
/// <param name="Files">Its masks and picture.</param>
/// <param name="Losses">What shapes lost to others.</param>
/// <param name="Shapeless">How many of its instances have no shape or no pixel.</param>
internal sealed record EncodedVocImage(string Stem, EncodedFiles Files, PaintLosses Losses, int Shapeless);

/// <summary>A VOC folder that is being written.</summary>
internal sealed class VocOutput : OpenOutput
{
    private readonly VocWriter _stage;
    private readonly IReleaseFolder _release;
    private readonly StageContext _context;
    private readonly ClassLabels _classes;
    private readonly ConcurrentBag<VocEncoder> _encoders = [];
    private readonly ReleaseName _listName;
    private readonly Stream _list;
    private PaintLosses _losses;
    private long _shapeless;
    private long _count;

    /// <summary>Opens the output.</summary>
    public VocOutput(VocWriter stage, DatasetInfo info, IReleaseFolder release, StageContext context)
    {
        (_stage, _release, _context) = (stage, release, context);
        _classes = new ClassLabels(info.Taxonomy, stage.Classes);
        _listName = ReleaseName.From($"ImageSets/Segmentation/{stage.Set}.txt");
        _list = release.CreateFile(_listName);
    }

    /// <inheritdoc/>
    public override object Encode(IReadOnlyList<Sample> samples)
    {
        if (!_encoders.TryTake(out VocEncoder? encoder)) encoder = new VocEncoder(_stage, _classes);
        var images = new EncodedVocImage[samples.Count];
        for (int i = 0; i < images.Length; i++) images[i] = encoder.Encode(samples[i]);
        _encoders.Add(encoder);
        return images;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RecordTable> Tables =>
    [
        LabelTable.OfList("images", _listName, _stage.Set),
        LabelTable.Of(ReleaseName.From("SegmentationClass"), "class_images"),
        LabelTable.Of(ReleaseName.From("SegmentationObject"), "object_images"),
    ];

    /// <inheritdoc/>
    public override void Append(object encoded)
    {
        foreach (EncodedVocImage image in (EncodedVocImage[])encoded)
        {
            image.Files.WriteTo(_release, _stage.Images);
            _list.Write(Encoding.UTF8.GetBytes(image.Stem + "\n"));
            _losses += image.Losses;
            _shapeless += image.Shapeless;
            _count++;
        }
    }

    /// <inheritdoc/>
    public override bool IsResumable => true;

    /// <inheritdoc/>
    public override void Save(object encoded, JournalWriter journal)
    {
        var images = (EncodedVocImage[])encoded;
        journal.Number(images.Length);
        foreach (EncodedVocImage image in images)
        {
            journal.Text(image.Stem);
            image.Files.Save(journal);
            image.Losses.Save(journal);
            journal.Number(image.Shapeless);
        }
    }

    /// <inheritdoc/>
    public override object Load(JournalReader journal)
    {
        var images = new EncodedVocImage[journal.Count()];
        for (int i = 0; i < images.Length; i++)
            images[i] = new EncodedVocImage(
                journal.Text()!, EncodedFiles.Load(journal), PaintLosses.Load(journal), journal.Count());
        return images;
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        _list.Dispose();
        using (Stream classes = _release.CreateFile(_stage.ClassList)) classes.Write(_classes.ToCsv());
        _release.CountRecords(_listName, "images", _count);
        _losses.Report(_stage.Overlap, _context.Warn);
        if (_shapeless > 0)
            _context.Warn($"{Counted.Of(_shapeless, "instance")} without a shape or a pixel: in no label image");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _list.Dispose();
        base.Dispose();
    }
}
