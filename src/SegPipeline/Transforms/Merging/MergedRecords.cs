using System.Collections.Immutable;
using System.Text.Encodings.Web;
using SegPipeline.Model;

namespace SegPipeline.Transforms.Merging;

/// <summary>What samples of one input of a merge become: other ids, categories and names. Nothing is done to one that
/// stays the same.</summary>
/// <param name="stage">The merge.</param>
/// <param name="categories">The category ids that change.</param>
/// <param name="name">Name of the input.</param>
/// <param name="place">Its place among the inputs, from 0.</param>
internal sealed class MergedRecords(
    Merge stage, IReadOnlyDictionary<RecordId, RecordId> categories, string name, int place)
{
    private const string Member = "merged_from";

    /// <summary>The sample as it is in the union.</summary>
    /// <exception cref="BadDataException">An id cannot be changed as asked.</exception>
    public Sample Move(Sample sample)
    {
        RecordId? id = IdOf(sample.Id, "the image or video", sample);
        ImmutableArray<Instance> instances = [.. sample.Instances.Select(i => Move(i, sample))];
        bool isSame = instances.Zip(sample.Instances).All(pair => ReferenceEquals(pair.First, pair.Second));
        Sample moved = isSame ? sample : sample with { Instances = instances };
        if (id != sample.Id) moved = moved with { Id = id, RecordChanged = true };
        if (Tells(sample.Id, id))
            moved = moved with { ExtraMembers = moved.ExtraMembers.SetItem(Member, From(sample.Id)) };
        return stage.SameImage == SameImage.Never ? InFolder(moved) : moved;
    }

    private Instance Move(Instance instance, Sample sample)
    {
        RecordId? id = IdOf(instance.Id, "an instance", sample);
        Instance moved = instance;
        if (id != instance.Id) moved = moved with { Id = id };
        if (instance.CategoryId is { } category && categories.TryGetValue(category, out RecordId united))
            moved = moved with { CategoryId = united };
        if (Tells(instance.Id, id))
            moved = moved with { ExtraMembers = moved.ExtraMembers.SetItem(Member, From(instance.Id)) };
        return moved;
    }

    private RecordId? IdOf(RecordId? id, string what, Sample sample)
    {
        if (id is not { } known || stage.Ids == MergedIds.Keep) return id;
        if (stage.Ids == MergedIds.Renumber) return null;
        long offset = stage.Offset!.Value;
        if (known.IsInteger && known.Number >= 0 && known.Number < offset)
            return place == 0 ? id : new RecordId(known.Number + place * offset);
        throw new BadDataException(new Problem("ID_OFFSET",
            $"to be offset, ids must be whole numbers from 0 to {offset - 1}; {what} has {known}")
        {
            Record = $"'{sample.Key}' of input {name}",
            Remedy = known is { IsInteger: true, Number: >= 0 } ? "set a larger offset" : "set ids: renumber",
        });
    }

    private bool Tells(RecordId? old, RecordId? id) =>
        stage.MergedFrom == MergedFrom.Always || (stage.MergedFrom == MergedFrom.Changed && old != id);

    private string From(RecordId? id)
    {
        string input = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(name);
        return $"{{\"input\": \"{input}\", \"id\": {id?.JsonText ?? "null"}}}";
    }

    private Sample InFolder(Sample sample) => sample with
    {
        Key = $"{name}/{sample.Key}",
        Frames = [.. sample.Frames.Select(frame => frame with { Name = $"{name}/{frame.Name.Replace('\\', '/')}" })],
        RecordChanged = true,
    };
}
