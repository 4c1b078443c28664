using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Transforms.Relabelling;

namespace SegPipeline.Transforms;

/// <summary>What corrected labels stand for.</summary>
public enum RelabelKey
{
    /// <summary>All objects of an image or video.</summary>
    Image,

    /// <summary>All objects of one category in it.</summary>
    ImageAndCategory,

    /// <summary>One object: the one of the same category that overlaps it most.</summary>
    Object,
}

/// <summary>What corrected labels may do.</summary>
public enum RelabelMode
{
    /// <summary>They take the place of the originals they correct.</summary>
    Replace,

    /// <summary>Those that correct no original are added.</summary>
    Add,

    /// <summary>Originals, in an image that has corrected labels, that none of them corrects are deleted.</summary>
    Delete,
}

/// <summary>Which ids corrected instances get, those of added images, too; images keep theirs.</summary>
public enum RelabelIds
{
    /// <summary>None: whoever writes ids gives them free ones.</summary>
    Fresh,

    /// <summary>Those they have; one that an instance of the image has already is an error.</summary>
    Keep,

    /// <summary>The id (and object number) of the original they replace; added ones get fresh ones.</summary>
    Inherit,
}

/// <summary>What to do about an image that only the corrected labels have.</summary>
public enum OnlyCorrected
{
    /// <summary>Leave it out; the ledger counts it as unmatched.</summary>
    Ignore,

    /// <summary>Add it, behind the others.</summary>
    Add,

    /// <summary>Take it for bad.</summary>
    Fail,
}

/// <summary>Which instances tell where they come from.</summary>
public enum Provenance
{
    /// <summary>The corrected ones, so that untouched records stay as they are.</summary>
    Corrected,

    /// <summary>All.</summary>
    All,

    /// <summary>None.</summary>
    None,
}

/// <summary>
/// Puts corrected labels over original ones: the first input has the originals, the second the corrected labels of
/// some of their images (or videos), by the same keys. Corrected instances carry the member <c>source</c>
/// ("corrected") and <c>replaced</c>: the id (without one, the <c>object_id</c>) of the original they replace, or the
/// list of them when they replace a group. Void pixels: those of the corrected labels count where they have any, and
/// with <c>key: image</c> in any case; else original void pixels stay where no corrected object lies.
/// </summary>
/// <example>
/// relabelled: { from: [original, corrected], relabel: { key: image_and_category, mode: [replace, add] } }
/// </example>
/// <remarks>
/// Objects are matched one to one within their category, crowds with crowds: pairs in falling order of intersection
/// over union (over all frames of a video), ties by the order of the originals, then of the corrected. Both inputs must
/// mean the same by their categories. Counted: what was replaced, deleted, added and not used, and the pixels that
/// categories gained and lost.
/// </remarks>
[Stage("relabel")]
public sealed record Relabel : Join
{
    /// <summary>What corrected labels stand for.</summary>
    public RelabelKey Key { get; init; }

    /// <summary>What corrected labels do: one of replace, add and delete, or a list.</summary>
    public ImmutableArray<RelabelMode> Mode { get; init; } = [RelabelMode.Replace];

    /// <summary>Of <c>key: object</c>: least intersection over union of two that are one object.</summary>
    [Range(0.000001, 1)]
    public double MinIou { get; init; } = 0.5;

    /// <summary>Which ids corrected instances get, those of added images, too; images keep theirs.</summary>
    public RelabelIds Ids { get; init; }

    /// <summary>What to do about images that only the corrected labels have.</summary>
    public OnlyCorrected OnlyCorrected { get; init; }

    /// <summary>Which instances tell where they come from.</summary>
    public Provenance Provenance { get; init; }

    /// <inheritdoc/>
    public override JoinKeys Keys => OnlyCorrected == OnlyCorrected.Ignore ? JoinKeys.First : JoinKeys.Union;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Mode.IsEmpty) yield return "'mode' must name at least one of replace, add, delete";
        if (Key == RelabelKey.Image && !(Mode is [RelabelMode.Replace]))
            yield return "with 'key: image' the only mode is replace, as all objects of an image are one; to add to "
                + "them, use merge or 'key: object'";
        if (Ids == RelabelIds.Inherit && Key != RelabelKey.Object) yield return "'ids: inherit' needs 'key: object'";
    }

    /// <inheritdoc/>
    public override DatasetInfo Describe(IReadOnlyList<DatasetInfo> inputs)
    {
        SameTaxonomy.Check(inputs[0], inputs[1], "the original labels", "the corrected labels");
        return inputs[0];
    }

    /// <inheritdoc/>
    public override Action<IReadOnlyList<Sample?>, StageOutput> Prepare(
        IReadOnlyList<DatasetInfo> inputs, StageContext context) => (samples, output) => output.Emit(
            (samples[0], samples[1]) switch
            {
                ({ } original, { } corrected) => Correct(original, corrected, output),
                ({ } original, null) => Uncorrected(original, output),
                var (_, corrected) => Added(corrected!, output),
            });

    private Sample Correct(Sample original, Sample corrected, StageOutput output)
    {
        FrameSizes.CheckSame(original, corrected);
        output.Count(Tally.Note, "images corrected", 1);
        return MaskFaults.Told(original, () => new Correction(this, original, corrected, output).Apply());
    }

    private Sample Uncorrected(Sample original, StageOutput output)
    {
        output.Count(Tally.Note, "images not corrected", 1);
        if (Provenance != Provenance.All) return original;
        return original with { Instances = [.. original.Instances.Select(Correction.AsOriginal)] };
    }

    private Sample Added(Sample corrected, StageOutput output)
    {
        if (OnlyCorrected == OnlyCorrected.Fail)
            throw new BadDataException(new Problem("ONLY_CORRECTED",
                $"there are corrected labels of '{corrected.Key}', which is not among the originals")
            { Remedy = "correct its name, or set only_corrected: ignore or add" });
        output.Count(Tally.Note, "images added", 1);
        // Instances of other images may have the same ids; that no other image has its own, writers make sure of.
        IEnumerable<Instance> instances = corrected.Instances;
        if (Ids != RelabelIds.Keep) instances = instances.Select(instance => instance with { Id = null });
        if (Provenance != Provenance.None) instances = instances.Select(Correction.AsCorrected);
        return corrected with { Instances = [.. instances] };
    }
}
