using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Transforms.Merging;

namespace SegPipeline.Transforms;

/// <summary>When images of two inputs are one.</summary>
public enum SameImage
{
    /// <summary>When they have the same key, which is the file name unless the reader is told otherwise.</summary>
    Name,

    /// <summary>Never: each goes into a folder of its input's name, key and file names alike.</summary>
    Never,
}

/// <summary>Which ids images and instances have in the union.</summary>
public enum MergedIds
{
    /// <summary>Those they came with; that those of the inputs differ is the user's word.</summary>
    Keep,

    /// <summary>Those they came with, plus <c>offset</c> times the place of their input, from 0.</summary>
    Offset,

    /// <summary>None: whoever writes ids counts from 1.</summary>
    Renumber,
}

/// <summary>By what categories of two inputs are found to be one.</summary>
public enum CategoriesBy
{
    /// <summary>By id; the names must be the same.</summary>
    Id,

    /// <summary>By name; the id is that of the first input which has it.</summary>
    Name,
}

/// <summary>What becomes of an instance of a united image that an earlier input has, too.</summary>
public enum DuplicateInstances
{
    /// <summary>It stays.</summary>
    Keep,

    /// <summary>It is dropped if category, iscrowd and mask (without one, the box) are the same.</summary>
    Drop,
}

/// <summary>Which records tell where they came from.</summary>
public enum MergedFrom
{
    /// <summary>Those whose id was changed.</summary>
    Changed,

    /// <summary>All.</summary>
    Always,

    /// <summary>None.</summary>
    Never,
}

/// <summary>
/// The union of datasets: all samples of the first input, then those of the second that the first has not, and so on.
/// Of an image that several inputs have, the record, id and picture of the first are taken, and the instances of all,
/// in the order of the inputs. Ids that change are told by the member <c>merged_from</c>, an object with <c>input</c>
/// and <c>id</c>. Of members at the top of files (info, licenses) those of the first input are kept.
/// </summary>
/// <example>
/// both: { from: [coco, lvis], merge: { names: [coco, lvis], ids: offset, offset: 1000000000, categories: name } }
/// </example>
/// <remarks>
/// To unite images by their content, put <c>key_by_digest</c> behind every reader. Object numbers (<c>object_id</c>)
/// that two instances of an image share are given anew, for those of the later input.
/// </remarks>
[Stage("merge")]
public sealed record Merge : Join
{
    /// <summary>What to call the inputs, in their order; by default 1, 2, ...</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>When images of two inputs are one.</summary>
    public SameImage SameImage { get; init; }

    /// <summary>Which ids images and instances have.</summary>
    public MergedIds Ids { get; init; }

    /// <summary>Of <c>ids: offset</c>: more than any id of any input.</summary>
    [Range(1, long.MaxValue / 64)]
    public long? Offset { get; init; }

    /// <summary>By what categories of two inputs are found to be one.</summary>
    public CategoriesBy Categories { get; init; }

    /// <summary>What becomes of an instance that an earlier input has, too.</summary>
    public DuplicateInstances Duplicates { get; init; }

    /// <summary>Which records tell where they came from.</summary>
    public MergedFrom MergedFrom { get; init; }

    /// <inheritdoc/>
    public override JoinKeys Keys => JoinKeys.Union;

    /// <inheritdoc/>
    public override (int Fewest, int Most) Inputs => (2, 64);

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Ids == MergedIds.Offset != Offset is not null) yield return "'ids: offset' and 'offset' need each other";
        if (Names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < Names.Length)
            yield return "'names' must differ, not only in upper and lower case";
        if (Names.Any(name => name.Length == 0 || name.AsSpan().ContainsAny("/\\:")))
            yield return "'names' must be names of folders, without '/', '\\' and ':'";
        if (SameImage == SameImage.Never && Duplicates == DuplicateInstances.Drop)
            yield return "'duplicates: drop' needs 'same_image: name'";
    }

    /// <inheritdoc/>
    public override DatasetInfo Describe(IReadOnlyList<DatasetInfo> inputs)
    {
        string[] names = NamesOf(inputs.Count);
        for (int i = 1; i < inputs.Count; i++)
            SameTaxonomy.CheckKind(inputs[0], inputs[i], $"the samples of input {names[0]}", $"those of {names[i]}");
        return inputs[0] with
        {
            Taxonomy = UnitedCategories.Of(Categories, [.. inputs.Select(i => i.Taxonomy)], names).Taxonomy,
            IsResults = inputs.All(i => i.IsResults),
        };
    }

    /// <inheritdoc/>
    public override Action<IReadOnlyList<Sample?>, StageOutput> Prepare(
        IReadOnlyList<DatasetInfo> inputs, StageContext context)
    {
        string[] names = NamesOf(inputs.Count);
        var categories = UnitedCategories.Of(Categories, [.. inputs.Select(i => i.Taxonomy)], names);
        if (inputs.Any(input => !input.Document.SequenceEqual(inputs[0].Document)))
            context.Warn("of the members at the top of the inputs' files, only those of the first input are kept; "
                + "licences of images of other inputs refer to lists that are not");
        MergedRecords[] records = [.. names.Select((name, i) => new MergedRecords(this, categories.Maps[i], name, i))];
        return (samples, output) =>
        {
            Sample[] moved = [.. Enumerable.Range(0, samples.Count).Where(i => samples[i] is not null)
                .Select(i => records[i].Move(samples[i]!))];
            if (SameImage == SameImage.Name)
            {
                output.Emit(moved.Length == 1
                    ? moved[0]
                    : MaskFaults.Told(moved[0], () => UnitedSample.Of(this, moved, output)));
                return;
            }
            output.Count(Tally.SamplesAdded, "kept apart", moved.Length - 1);
            foreach (Sample sample in moved) output.Emit(sample);
        };
    }

    private string[] NamesOf(int count)
    {
        if (Names.IsEmpty) return [.. Enumerable.Range(1, count).Select(i => FormattableString.Invariant($"{i}"))];
        if (Names.Length == count) return [.. Names];
        throw new BadDataException(new Problem("MERGE_NAMES", $"'names' gives {Names.Length} names to {count} inputs")
        { Remedy = "give every input of 'from' a name" });
    }
}
