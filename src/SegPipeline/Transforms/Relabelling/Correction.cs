using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms.Relabelling;

/// <summary>One sample under its corrected labels.</summary>
internal sealed class Correction(Relabel stage, Sample original, Sample corrected, StageOutput output)
{
    private readonly IReadOnlyList<CorrectionGroup> _groups = CorrectionGroup.Of(stage, original, corrected);
    private readonly ImmutableArray<Instance>.Builder _instances = ImmutableArray.CreateBuilder<Instance>();
    private readonly List<int> _correctedAt = [];

    /// <summary>An instance that says that it is an original.</summary>
    public static Instance AsOriginal(Instance instance) => With(instance, "source", "\"original\"");

    /// <summary>An instance that says that it is corrected.</summary>
    public static Instance AsCorrected(Instance instance) => With(instance, "source", "\"corrected\"");

    /// <summary>Makes the sample.</summary>
    /// <exception cref="BadDataException">An id is taken, or a shape is malformed.</exception>
    public Sample Apply()
    {
        var groupOf = new Dictionary<int, CorrectionGroup>();
        foreach (CorrectionGroup group in _groups)
            foreach (int place in group.Originals) groupOf.Add(place, group);
        for (int o = 0; o < original.Instances.Length; o++) TakeOriginal(o, groupOf.GetValueOrDefault(o));
        foreach (CorrectionGroup group in _groups.Where(g => g.Originals.IsEmpty)) PutIn(group, "added");
        TakeUnmatched();
        CheckIds();
        HashSet<int> correctedAt = [.. _correctedAt];
        output.Count(Tally.Note, "object numbers changed", ObjectNumbers.KeepApart(_instances, correctedAt.Contains));
        Sample result = original with { Instances = _instances.DrainToImmutable() };
        PixelChange.Of(original, corrected, result, correctedAt).CountInto(output);
        return CorrectedVoid.Put(stage, result, corrected, correctedAt);
    }

    private bool May(RelabelMode mode) => stage.Mode.Contains(mode);

    private void TakeOriginal(int place, CorrectionGroup? group)
    {
        if (group is not null && May(RelabelMode.Replace))
        {
            output.Count(Tally.InstancesDropped, "replaced", 1);
            if (place == group.Originals[0]) PutIn(group, "put in place");
        }
        else if (group is null && May(RelabelMode.Delete))
        {
            output.Count(Tally.InstancesDropped, "deleted", 1);
        }
        else
        {
            Instance kept = original.Instances[place];
            _instances.Add(stage.Provenance == Provenance.All ? AsOriginal(kept) : kept);
        }
    }

    private void PutIn(CorrectionGroup group, string reason)
    {
        output.Count(Tally.Note, reason, group.Corrected.Length);
        foreach (int place in group.Corrected) Add(corrected.Instances[place], group);
    }

    private void TakeUnmatched()
    {
        HashSet<int> matched = [.. _groups.SelectMany(g => g.Corrected)];
        if (!May(RelabelMode.Replace)) output.Count(Tally.InstancesDropped, "not used", matched.Count);
        for (int c = 0; c < corrected.Instances.Length; c++)
        {
            if (matched.Contains(c)) continue;
            output.Count(May(RelabelMode.Add) ? Tally.Note : Tally.InstancesDropped,
                May(RelabelMode.Add) ? "added" : "not used", 1);
            if (May(RelabelMode.Add)) Add(corrected.Instances[c], group: null);
        }
    }

    private void Add(Instance instance, CorrectionGroup? group)
    {
        Instance[] replaced = group is null ? [] : [.. group.Originals.Select(o => original.Instances[o])];
        if (stage.Ids != RelabelIds.Keep) instance = instance with { Id = null };
        if (stage.Ids == RelabelIds.Inherit && replaced.Length == 1) instance = Inherit(instance, replaced[0]);
        if (stage.Provenance != Provenance.None)
        {
            instance = AsCorrected(instance);
            if (ReplacedIds(replaced) is { } ids) instance = With(instance, "replaced", ids);
        }
        _correctedAt.Add(_instances.Count);
        _instances.Add(instance);
    }

    private static Instance Inherit(Instance instance, Instance replaced)
    {
        if (replaced.Id is { } id) instance = instance with { Id = id };
        return ObjectNumbers.Of(replaced) is { } number
            ? With(instance, ObjectNumbers.Member, number.JsonText)
            : instance;
    }

    private string? ReplacedIds(Instance[] replaced)
    {
        string[] ids = [.. replaced.Select(ObjectNumbers.NameOf).OfType<string>()];
        if (ids.Length == 0) return null;
        return stage.Key == RelabelKey.Object ? ids[0] : $"[{string.Join(", ", ids)}]";
    }

    private void CheckIds()
    {
        if (stage.Ids != RelabelIds.Keep) return;
        HashSet<RecordId> taken = [.. _instances.Where((_, i) => !_correctedAt.Contains(i))
            .Select(i => i.Id).OfType<RecordId>()];
        foreach (Instance instance in _correctedAt.Select(at => _instances[at]))
            if (instance.Id is { } id && !taken.Add(id))
                throw new BadDataException(new Problem("ID_TAKEN",
                    $"a corrected instance of '{original.Key}' has the id {id}, which another instance of it has")
                { Remedy = "set ids: fresh, or give it an id of its own" }).At(instance, corrected);
    }

    private static Instance With(Instance instance, string name, string json) =>
        instance with { ExtraMembers = instance.ExtraMembers.SetItem(name, json) };
}
