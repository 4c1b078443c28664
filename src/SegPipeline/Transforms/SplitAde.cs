using System.Collections.Immutable;
using SegPipeline.Masks;
using SegPipeline.Masks.Components;
using SegPipeline.Model;
using SegPipeline.Stages;
using static System.FormattableString;

namespace SegPipeline.Transforms;

/// <summary>
/// Cuts label images into object-like parts: the input of CascadePSP's refinement of ADE20K. The first input is the
/// prediction (<c>seg</c>), the second the truth (<c>gt</c>). For every part, one sample with the truth leaves by the
/// port <c>out</c> and one with the prediction by the port <c>seg</c>, both with the key <c>NAME_CLASS.PART</c>, the
/// picture and its name as they came, and one instance, whose mask may be empty.
/// </summary>
/// <example>
/// parts:  { from: [seg, gt], ade_split: {} }
/// </example>
/// <remarks>
/// Cheng, Chung, Tai, Tang, "CascadePSP", CVPR 2020, as scripts/ade20K/ade_expand_inst.py: a class of the prediction
/// with more than 1,024 pixels is dilated; each 8-connected component is eroded; where more than 1,024 pixels are left,
/// prediction and truth of the class are cut out of it. Classes that only the truth has give no part. Parts are ordered
/// by class, then by number: the component's place by its first pixel, column by column from the left, counted from 1
/// with the small ones. The numbers of the original are those of OpenCV: compare parts by their pixels.
/// </remarks>
[Stage("ade_split")]
public sealed record SplitAde : Join
{
    /// <summary>
    /// False: as the original, whose kernel is not symmetric: each region lies one pixel lower and further right, and
    /// a part loses its first row and column. True: nothing moves and nothing is lost.
    /// </summary>
    public bool Centred { get; init; }

    /// <summary>
    /// The class of the pixels that no instance has, void ones included; a class like any other, as in the original.
    /// Null leaves them out.
    /// </summary>
    public RecordId? Rest { get; init; } = new RecordId(0);

    /// <inheritdoc/>
    public override IReadOnlyList<string> OutputPorts => [DefaultPort, "seg"];

    /// <inheritdoc/>
    public override SampleKind? InputKind => SampleKind.Image;

    /// <inheritdoc/>
    public override IEnumerable<string> Check()
    {
        if (Rest is { } rest && LabelOf(rest) is null) yield return "'rest' must be a whole number from 0 on";
    }

    /// <inheritdoc/>
    public override DatasetInfo Describe(IReadOnlyList<DatasetInfo> inputs)
    {
        SameTaxonomy.Check(inputs[1], inputs[0], "the true labels", "the predictions");
        Taxonomy taxonomy = inputs[1].Taxonomy;
        if (Rest is not { } rest || !taxonomy.IsDeclared || taxonomy.Find(rest) is not null) return inputs[1];
        return inputs[1] with
        {
            Taxonomy = taxonomy with { Categories = taxonomy.Categories.Insert(0, new Category(rest, "rest")) },
        };
    }

    /// <inheritdoc/>
    public override Action<IReadOnlyList<Sample?>, StageOutput> Prepare(
        IReadOnlyList<DatasetInfo> inputs, StageContext context) => (samples, output) =>
    {
        Sample seg = samples[0]!;
        Sample gt = samples[1] ?? throw new BadDataException(new Problem("NO_TRUTH",
            $"'{seg.Key}' has a prediction and no truth")
        { Remedy = "give both inputs the same pictures, by the same names" });
        FrameSizes.CheckSame(gt, seg);
        CheckSize(seg);
        CheckSize(gt);
        IReadOnlyList<AdePart> parts = AdeSplit.Split(
            Labels(seg), Labels(gt), Centred ? AdeClosing.Centred : AdeClosing.CascadePsp);
        if (parts.Count == 0)
        {
            output.DropSample("no part");
            return;
        }
        output.Count(Tally.SamplesAdded, "part", 2L * parts.Count - 1);
        output.Count(Tally.InstancesDropped, "cut into parts", seg.Instances.Length + gt.Instances.Length);
        output.Count(Tally.InstancesAdded, "part", 2L * parts.Count);
        output.Count(Tally.Note, "parts without truth", parts.Count(part => part.Gt.IsEmpty));
        foreach (AdePart part in parts)
        {
            output.Emit(Part(gt, part, part.Gt), port: 0);
            output.Emit(Part(seg, part, part.Seg), port: 1);
        }
    };

    private static void CheckSize(Sample sample)
    {
        if (sample.Frame is { WidthPx: > 0, HeightPx: > 0 }) return;
        throw new BadDataException(new Problem("FRAME_SIZE", $"the size of '{sample.Frame.Name}' is not known")
        { Remedy = "give width and height in the source, or the folder of its pictures" });
    }

    private static Sample Part(Sample whole, AdePart part, Mask mask) => new()
    {
        Key = Invariant($"{SampleNames.WithoutExtension(whole.Key)}_{part.Label}.{part.Component}"),
        Frames = [whole.Frame with { Void = null }],
        Instances =
        [
            new Instance
            {
                CategoryId = new RecordId(part.Label),
                Segmentations = [new MaskSegmentation(mask, SegmentationForm.LabelRegion)],
            },
        ],
    };

    private Dictionary<uint, Mask> Labels(Sample sample)
    {
        var masks = new SortedDictionary<uint, List<Mask>>();
        foreach (Instance instance in sample.Instances)
        {
            if (instance.MaskOf(instance.Segmentation, sample, frame: 0) is not { } mask) continue;
            uint label = instance.CategoryId is { } id && LabelOf(id) is { } number ? number
                : throw new BadDataException(new Problem("LABEL",
                    $"the category must be a whole number from 0 on, found {instance.CategoryId?.JsonText ?? "none"}"))
                    .At(instance, sample);
            if (!masks.TryGetValue(label, out List<Mask>? same)) masks.Add(label, same = []);
            same.Add(mask);
        }
        if (Rest is { } rest) AddRest(masks, LabelOf(rest)!.Value, sample.Frame);
        return masks.ToDictionary(pair => pair.Key, pair => MaskSets.Union([.. pair.Value]));
    }

    private static void AddRest(SortedDictionary<uint, List<Mask>> masks, uint label, Frame frame)
    {
        Mask[] all = [Mask.Empty(frame.HeightPx, frame.WidthPx), .. masks.Values.SelectMany(m => m)];
        if (!masks.TryGetValue(label, out List<Mask>? same)) masks.Add(label, same = []);
        same.Add(MaskSets.Complement(MaskSets.Union(all)));
    }

    private static uint? LabelOf(RecordId id) =>
        id is { IsInteger: true, Number: >= 0 and <= uint.MaxValue } ? (uint)id.Number : null;
}
