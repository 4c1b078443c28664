using System.ComponentModel.DataAnnotations;
using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Pipelines;

/// <summary>Stages that do next to nothing, so that loading can be tested for itself.</summary>
internal static class TestStages
{
    public static StageCatalog Catalog { get; } = StageCatalog.Default.With(typeof(TestStages).GetNestedTypes());

    public static LoadOptions Options { get; } = new() { Catalog = Catalog, Environment = _ => null };

    /// <summary>Loads text as if it stood in <c>p.yaml</c> in the working directory.</summary>
    public static LoadedPipeline Load(string yaml, LoadOptions? options = null) =>
        PipelineFile.Parse(yaml, "p.yaml", options ?? Options);

    /// <summary>The problems of text, as they are printed.</summary>
    public static string[] ProblemsOf(string yaml, LoadOptions? options = null) =>
        [.. Load(yaml, options).Problems.Select(p => p.ToString())];

    /// <summary>Puts stages into a pipeline that has nothing else to it; the first stage stands in line 5.</summary>
    public static string Pipeline(string stages) =>
        "segpipe: 1\nname: test\nrelease: { to: out }\nstages:\n" +
        string.Concat(stages.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(l => $"  {l}\n"));

    public enum Shade
    {
        Light,
        DarkGrey,
    }

    [Stage("read.test")]
    public sealed record ReadTest : Reader
    {
        public required InputPath Root { get; init; }

        public IReadOnlyList<InputPath> More { get; init; } = [];

        public bool Clips { get; init; }

        public override SampleKind? OutputKind(SampleKind? input) => Clips ? SampleKind.Video : SampleKind.Image;

        public override OpenDataset Open(StageContext context) => throw new NotSupportedException();
    }

    [Stage("pass")]
    public sealed record Pass : Transform
    {
        [Range(1, 100)]
        public int Count { get; init; } = 10;

        public string? Label { get; init; }

        public Shade Shade { get; init; }

        public double Ratio { get; init; } = 0.5;

        public IReadOnlyDictionary<string, double> Parts { get; init; } = new OrderedDictionary<string, double>();

        public override IEnumerable<string> Check()
        {
            if (Label == "bad") yield return "'label' must not be bad";
            if (Label == "bad" && Count > 50) yield return "'count' is too high for a bad label";
        }

        public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context) =>
            (sample, output) => output.Emit(sample);
    }

    [Stage("part")]
    public sealed record Part : Transform
    {
        public IReadOnlyList<string> Ports { get; init; } = ["yes", "rest"];

        public override IReadOnlyList<string> OutputPorts => Ports;

        public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context) =>
            (sample, output) => output.Emit(sample);
    }

    [Stage("pair")]
    public sealed record Pair : Join
    {
        public override DatasetInfo Describe(IReadOnlyList<DatasetInfo> inputs) => inputs[0];

        public override Action<IReadOnlyList<Sample?>, StageOutput> Prepare(
            IReadOnlyList<DatasetInfo> inputs, StageContext context) => (samples, output) => output.Emit(samples[0]!);
    }

    [Stage("write.test")]
    public sealed record WriteTest : Writer
    {
        public ReleaseName File { get; init; } = ReleaseName.From("out.json");

        public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
            throw new NotSupportedException();
    }

    [Stage("write.stills")]
    public sealed record WriteStills : Writer
    {
        public override SampleKind? InputKind => SampleKind.Image;

        public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
            throw new NotSupportedException();
    }

    [Stage("write.rejects")]
    public sealed record WriteRejects : Writer
    {
        public override bool TakesErrors => true;

        public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context) =>
            throw new NotSupportedException();
    }
}
