using System.Collections.Concurrent;
using SegPipeline.Masks.Png;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.LabelMaps;

/// <summary>An image, ready to be written.</summary>
/// <param name="Files">Its label image and picture.</param>
/// <param name="Losses">What categories lost to others.</param>
/// <param name="Shapeless">How many of its instances have no shape or no pixel.</param>
/// <param name="IsMixed">True when void and background have got the same value, and both are there.</param>
internal sealed record EncodedLabelMap(EncodedFiles Files, PaintLosses Losses, int Shapeless, bool IsMixed);

/// <summary>Label images that are being written.</summary>
internal sealed class LabelMapsOutput : OpenOutput
{
    private readonly LabelMapsWriter _stage;
    private readonly IReleaseFolder _release;
    private readonly StageContext _context;
    private readonly MapLabels _labels;
    private readonly Palette? _palette;
    private readonly ConcurrentBag<LabelMapEncoder> _encoders = [];
    private PaintLosses _losses;
    private long _count;
    private long _shapeless;
    private long _mixed;

    /// <summary>Opens the output.</summary>
    public LabelMapsOutput(LabelMapsWriter stage, DatasetInfo info, IReleaseFolder release, StageContext context)
    {
        (_stage, _release, _context) = (stage, release, context);
        _labels = new MapLabels(stage, info.Taxonomy);
        _palette = stage.Palette switch
        {
            _ when stage.PaletteFile is { } file => PaletteOf(file),
            MapColors.Voc => Palette.Voc,
            MapColors.Greys => Palette.Greys,
            _ => null,
        };
    }

    /// <inheritdoc/>
    public override object Encode(IReadOnlyList<Sample> samples)
    {
        if (!_encoders.TryTake(out LabelMapEncoder? encoder)) encoder = new LabelMapEncoder(_stage, _labels, _palette);
        var images = new EncodedLabelMap[samples.Count];
        for (int i = 0; i < images.Length; i++) images[i] = encoder.Encode(samples[i]);
        _encoders.Add(encoder);
        return images;
    }

    /// <inheritdoc/>
    public override void Append(object encoded)
    {
        foreach (EncodedLabelMap image in (EncodedLabelMap[])encoded)
        {
            image.Files.WriteTo(_release, _stage.Images);
            _losses += image.Losses;
            _shapeless += image.Shapeless;
            _mixed += image.IsMixed ? 1 : 0;
            _count++;
        }
    }

    /// <inheritdoc/>
    public override bool IsResumable => true;

    /// <inheritdoc/>
    public override void Save(object encoded, JournalWriter journal)
    {
        var images = (EncodedLabelMap[])encoded;
        journal.Number(images.Length);
        foreach (EncodedLabelMap image in images)
        {
            image.Files.Save(journal);
            image.Losses.Save(journal);
            journal.Number(image.Shapeless);
            journal.Flag(image.IsMixed);
        }
    }

    /// <inheritdoc/>
    public override object Load(JournalReader journal)
    {
        var images = new EncodedLabelMap[journal.Count()];
        for (int i = 0; i < images.Length; i++)
            images[i] = new EncodedLabelMap(
                EncodedFiles.Load(journal), PaintLosses.Load(journal), journal.Count(), journal.Flag());
        return images;
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        using (Stream classes = _release.CreateFile(_stage.Taxonomy)) classes.Write(_labels.ToCsv());
        _release.CountRecords(_stage.Taxonomy, "images", _count);
        _losses.Report(_stage.Overlap, _context.Warn);
        if (_shapeless > 0)
            _context.Warn($"{Counted.Of(_shapeless, "instance")} without a shape or a pixel: in no label image");
        if (_mixed > 0)
            _context.Warn($"{Counted.Of(_mixed, "image")} with void pixels and pixels of nothing, both of which are " +
                $"written as {_stage.Void}; set void to another label to keep them apart");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RecordTable> Tables => [LabelTable.Of(_stage.Dir)];

    private static Palette PaletteOf(InputPath file)
    {
        using LabelFile image = LabelFile.Read(file.FullPath, file.Text, Palette.Voc);
        return !image.IsOfColors && image.Palette is { } palette
            ? palette
            : throw new BadDataException(new Problem("NO_PALETTE", "expected an indexed PNG, found one without palette")
            {
                File = file.Text,
                Remedy = "name an indexed PNG that has the colours",
            });
    }
}
