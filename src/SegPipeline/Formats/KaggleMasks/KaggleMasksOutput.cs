using System.Globalization;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.KaggleMasks;

/// <summary>Folders of masks that are being written.</summary>
internal sealed class KaggleMasksOutput(
    KaggleMasksWriter stage, IReleaseFolder release, StageContext context) : OpenOutput
{
    private long _shapeless;

    /// <inheritdoc/>
    public override object Encode(IReadOnlyList<Sample> samples) => samples.Select(EncodeOne).ToArray();

    /// <inheritdoc/>
    public override void Append(object encoded)
    {
        foreach ((EncodedFiles files, int shapeless) in ((EncodedFiles, int)[])encoded)
        {
            files.WriteTo(release, stage.Images);
            _shapeless += shapeless;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RecordTable> Tables =>
        [LabelTable.Of("masks", $"{stage.Dir}/*/masks/*.png") with { Split = SplitName.Of(stage.Dir.Value) }];

    /// <inheritdoc/>
    public override bool IsResumable => true;

    /// <inheritdoc/>
    public override void Save(object encoded, JournalWriter journal)
    {
        var images = ((EncodedFiles Files, int Shapeless)[])encoded;
        journal.Number(images.Length);
        foreach (var (files, shapeless) in images)
        {
            files.Save(journal);
            journal.Number(shapeless);
        }
    }

    /// <inheritdoc/>
    public override object Load(JournalReader journal)
    {
        var images = new (EncodedFiles, int)[journal.Count()];
        for (int i = 0; i < images.Length; i++) images[i] = (EncodedFiles.Load(journal), journal.Count());
        return images;
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        if (_shapeless > 0)
            context.Warn(Counted.Of(_shapeless, "object has", "objects have") + " no mask, not written");
    }

    private (EncodedFiles Files, int Shapeless) EncodeOne(Sample image)
    {
        var files = new EncodedFiles();
        string id = NameParts.KeyStem(image);
        ReleaseName folder = stage.Dir / ReleaseName.From(id);
        if (stage.Images != MediaTransfer.None)
            files.Add(folder / ReleaseName.From($"images/{id}{Path.GetExtension(image.Frame.Name)}"),
                WantedPicture.Of(image.Frame, stage.Images));
        int shapeless = 0;
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < image.Instances.Length; i++)
        {
            Instance instance = image.Instances[i];
            Mask? mask = instance.Segmentation.ToMask(image.Frame.HeightPx, image.Frame.WidthPx);
            if (mask is null) shapeless++;
            else files.Add(folder / ReleaseName.From($"masks/{Free(NameOf(instance, i), taken)}.png"),
                BinaryMaskPng.Encode(mask, stage.Bits, stage.Compression));
        }
        return (files, shapeless);
    }

    // Objects of two datasets that were merged can have one name.
    private static string Free(string name, HashSet<string> taken)
    {
        string free = name;
        for (int number = 2; !taken.Add(free); number++) free = FormattableString.Invariant($"{name}-{number}");
        return free;
    }

    private static string NameOf(Instance instance, int ordinal) => instance.MemberText("mask_name") is { } json
        ? JsonText.Unquote(json)
        : (ordinal + 1).ToString("D4", CultureInfo.InvariantCulture);
}
