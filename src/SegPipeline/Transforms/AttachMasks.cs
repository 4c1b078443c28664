using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>By what a mask finds the instance it belongs to.</summary>
public enum AttachBy
{
    /// <summary>By the id of the annotation, within the sample of the same key.</summary>
    AnnotationId,
}

/// <summary>What becomes of an instance that was asked for a mask and got none.</summary>
public enum Skipped
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>It is dropped.</summary>
    Drop,
}

/// <summary>What to do about an answer that belongs to no instance of its sample.</summary>
public enum UnknownAnswer
{
    /// <summary>Warn of it by its id, and go on.</summary>
    Warn,

    /// <summary>Take its sample for bad.</summary>
    Fail,
}

/// <summary>
/// Gives the instances of the first input the masks of the second: boxes were drawn once, raters were asked for their
/// masks later. Crowds are not asked; a rater could skip a box, so that its answer is missing, null or an empty list.
/// Nothing but the shape changes. Counted: asked = valid + skipped, and crowd.
/// </summary>
/// <example>masked: { from: [boxes, answers], attach_masks: { by: annotation_id, skipped: drop } }</example>
/// <remarks>
/// As the Objects365 instance masks of DaTaSeg were made (Gu et al., NeurIPS 2023): of 13,372 boxes asked, 12,836 have
/// a valid mask. A crowd that has an answer nevertheless gets its mask. Samples are aligned by key; those of the second
/// input that the first does not have are no concern of this stage.
/// </remarks>
[Stage("attach_masks")]
public sealed record AttachMasks : Join
{
    /// <summary>By what a mask finds its instance.</summary>
    public AttachBy By { get; init; }

    /// <summary>What becomes of an instance that was asked and got no mask.</summary>
    public Skipped Skipped { get; init; }

    /// <summary>What to do about an answer that belongs to no instance of its sample.</summary>
    public UnknownAnswer UnknownAnswer { get; init; }

    /// <inheritdoc/>
    public override DatasetInfo Describe(IReadOnlyList<DatasetInfo> inputs) =>
        inputs[0].Kind == inputs[1].Kind
            ? inputs[0]
            : throw new BadDataException(new Problem("KIND",
                "both inputs must be images or both videos, they differ")
            { Remedy = "put to_frames before one" });

    /// <inheritdoc/>
    public override Action<IReadOnlyList<Sample?>, StageOutput> Prepare(
        IReadOnlyList<DatasetInfo> inputs, StageContext context) => (samples, output) =>
    {
        Sample asked = samples[0]!;
        Sample? answering = samples[1];
        Dictionary<RecordId, Instance> answers = answering is null ? [] : ById(answering);
        var instances = ImmutableArray.CreateBuilder<Instance>(asked.Instances.Length);
        foreach (Instance instance in asked.Instances)
        {
            Instance? answer = instance.Id is { } id && answers.Remove(id, out Instance? found) ? found : null;
            if (Attach(instance, answer, asked, output) is { } result) instances.Add(result);
        }
        foreach (Instance unknown in answers.Values.OrderBy(a => a.Id!.Value)) Report(unknown, asked, context);
        output.Count(Tally.InstancesDropped, "answer to no annotation", answers.Count);
        output.Emit(asked with { Instances = instances.DrainToImmutable() });
    };

    private Instance? Attach(Instance instance, Instance? answer, Sample sample, StageOutput output)
    {
        bool isCrowd = instance.IsCrowd == true;
        output.Count(Tally.Note, isCrowd ? "crowd" : "asked", 1);
        ImmutableArray<Segmentation> shapes = answer?.ShapesIn(sample) ?? [];
        bool isValid = shapes.Any(shape => shape.HasMask);
        if (answer is not null)
            output.Count(Tally.InstancesDropped, isValid ? "answer attached" : "answer without a mask", 1);
        if (!isCrowd) output.Count(Tally.Note, isValid ? "valid" : "skipped", 1);
        if (isValid) return instance with { Segmentations = shapes };
        if (isCrowd || Skipped == Skipped.Keep) return instance;
        output.Count(Tally.InstancesDropped, "skipped", 1);
        return null;
    }

    private static Dictionary<RecordId, Instance> ById(Sample answering)
    {
        var answers = new Dictionary<RecordId, Instance>();
        foreach (Instance answer in answering.Instances)
        {
            string? fault = answer.Id is not { } id ? "an answer has no annotation id"
                : !answers.TryAdd(id, answer) ? "an annotation has two answers"
                : null;
            if (fault is not null) throw new BadDataException(new Problem("ANSWER", fault)).At(answer, answering);
        }
        return answers;
    }

    private void Report(Instance answer, Sample sample, StageContext context)
    {
        string fault = $"answer {answer.Id} of '{sample.Key}' belongs to no annotation";
        if (UnknownAnswer == UnknownAnswer.Fail)
            throw new BadDataException(new Problem("ANSWER_UNKNOWN", fault)).At(answer, sample);
        context.Warn(fault);
    }
}
