using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms.Merging;

/// <summary>One sample made of those that several inputs have of an image or video.</summary>
internal static class UnitedSample
{
    /// <summary>Unites samples of one key, in the order of the inputs; at least two.</summary>
    /// <exception cref="BadDataException">Their sizes differ, or two instances have one id.</exception>
    public static Sample Of(Merge stage, Sample[] samples, StageOutput output)
    {
        var instances = ImmutableArray.CreateBuilder<Instance>();
        instances.AddRange(samples[0].Instances);
        List<Entry> first = [.. samples[0].Instances.Select(i => new Entry(i, samples[0]))];
        foreach (Sample sample in samples.Skip(1))
        {
            FrameSizes.CheckSame(samples[0], sample);
            Entry[] further = [.. sample.Instances
                .Select(i => new Entry(i, sample))
                .Where(e => stage.Duplicates == DuplicateInstances.Keep || !first.Exists(f => f.IsSame(e)))];
            output.Count(Tally.InstancesDropped, "duplicate", sample.Instances.Length - further.Length);
            first.AddRange(further);
            instances.AddRange(further.Select(f => f.Instance));
        }
        CheckIds(first);
        output.Count(Tally.Note, "images united", samples.Length - 1);
        int own = samples[0].Instances.Length;
        output.Count(Tally.Note, "object numbers changed", ObjectNumbers.KeepApart(instances, i => i >= own));
        return samples[0] with
        {
            Id = samples[0].Id ?? samples.Select(s => s.Id).FirstOrDefault(id => id is not null),
            Frames = [.. Enumerable.Range(0, samples[0].Frames.Length).Select(f => FrameOf(samples, f))],
            Instances = instances.DrainToImmutable(),
        };
    }

    private static Frame FrameOf(Sample[] samples, int frame)
    {
        Frame first = samples[0].Frames[frame];
        Frame sized = samples.Select(s => s.Frames[frame])
            .FirstOrDefault(f => f is { WidthPx: > 0, HeightPx: > 0 }, first);
        return first with
        {
            WidthPx = sized.WidthPx,
            HeightPx = sized.HeightPx,
            Photo = samples.Select(s => s.Frames[frame].Photo).FirstOrDefault(photo => photo is not null),
            Void = samples.Select(s => s.Frames[frame].Void).FirstOrDefault(pixels => pixels is not null),
        };
    }

    private static void CheckIds(List<Entry> entries)
    {
        var taken = new Dictionary<RecordId, Sample>();
        foreach ((Instance instance, Sample sample) in entries)
        {
            if (instance.Id is not { } id || taken.TryAdd(id, sample) || ReferenceEquals(taken[id], sample)) continue;
            throw new BadDataException(new Problem("ID_TAKEN",
                $"two inputs have an instance of '{sample.Key}' with the id {id}")
            { Remedy = "set ids: offset or renumber, or duplicates: drop where they are the same" })
                .At(instance, sample);
        }
    }

    private sealed record Entry(Instance Instance, Sample Sample)
    {
        private readonly Lazy<Mask?[]> _masks = new(() => Instance.MasksIn(Sample));

        public bool IsSame(Entry other)
        {
            if (Instance.CategoryId != other.Instance.CategoryId) return false;
            if (Instance.IsCrowd == true != (other.Instance.IsCrowd == true)) return false;
            Mask?[] masks = _masks.Value, others = other._masks.Value;
            bool hasMasks = masks.Any(m => m is not null), otherHas = others.Any(m => m is not null);
            if (hasMasks || otherHas) return hasMasks && otherHas && masks.AsEnumerable().SequenceEqual(others);
            ImmutableArray<Box?> boxes = Instance.Boxes, otherBoxes = other.Instance.Boxes;
            return !boxes.IsDefaultOrEmpty && !otherBoxes.IsDefaultOrEmpty && boxes.SequenceEqual(otherBoxes);
        }
    }
}
