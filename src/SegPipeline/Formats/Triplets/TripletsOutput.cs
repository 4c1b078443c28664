using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.Triplets;

/// <summary>A folder of triplets that is being written.</summary>
internal sealed class TripletsOutput(
    TripletsWriter stage, Taxonomy taxonomy, IReleaseFolder release, StageContext context) : OpenOutput
{
    private readonly TripletEncoder _encoder = new(stage);
    private readonly HashSet<(string Name, string FrameName, string? FilePath)> _pictures = [];
    private long _emptyMasks;
    private long _voidPx;

    /// <inheritdoc/>
    public override object Encode(IReadOnlyList<Sample> samples) => samples.SelectMany(_encoder.Encode).ToArray();

    /// <inheritdoc/>
    public override void Append(object encoded)
    {
        foreach (EncodedTriplet triplet in (EncodedTriplet[])encoded)
        {
            triplet.Mask.WriteTo(release, MediaTransfer.None);
            if (stage.Images != MediaTransfer.None) AddPicture(triplet);
            _emptyMasks += triplet.IsEmpty ? 1 : 0;
            _voidPx += triplet.VoidPx;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RecordTable> Tables =>
        [LabelTable.Of("masks", $"{stage.Dir}/*{RoleText}.png") with { Split = SplitName.Of(stage.Dir.Value) }];

    /// <inheritdoc/>
    public override bool IsResumable => true;

    /// <inheritdoc/>
    public override void Save(object encoded, JournalWriter journal)
    {
        var triplets = (EncodedTriplet[])encoded;
        journal.Number(triplets.Length);
        foreach (EncodedTriplet triplet in triplets) triplet.Save(journal);
    }

    /// <inheritdoc/>
    public override object Load(JournalReader journal)
    {
        var triplets = new EncodedTriplet[journal.Count()];
        for (int i = 0; i < triplets.Length; i++) triplets[i] = EncodedTriplet.Load(journal);
        return triplets;
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        if (_emptyMasks > 0)
            context.Warn($"{Counted.Of(_emptyMasks, "mask")} {RoleText} without a pixel");
        if (_voidPx > 0)
            context.Warn($"{Counted.Of(_voidPx, "void pixel")} became background in the masks " +
                $"{RoleText}, which know no void");
        if (stage.Taxonomy is not { } name) return;
        using Stream list = release.CreateFile(name);
        list.Write(TaxonomyCsv.Write(taxonomy.Categories, category => category.Id.IsInteger
            ? category.Id.Number
            : throw new BadDataException(new Problem("CLASS_LABEL",
                $"expected a number as id of category '{category.Name}', found {category.Id}")
            {
                Remedy = "map categories to numbers, or leave 'taxonomy' out",
            })));
    }

    private string RoleText => stage.Role == TripletRole.Gt ? "_gt" : "_seg";

    private void AddPicture(EncodedTriplet triplet)
    {
        Photo photo = WantedPicture.Of(triplet.Frame, stage.Images);
        // Parts share their picture. Of two photos of one name the second is refused by the release.
        if (_pictures.Add((triplet.PictureName.Value, triplet.Frame.Name, photo.FilePath)))
            release.AddPhoto(triplet.PictureName, photo, stage.Images);
    }
}
