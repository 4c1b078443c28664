using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Support;

/// <summary>Runs one stage without an engine, and holds what every stage owes its ledger.</summary>
internal static class StageHarness
{
    /// <summary>The run that stages of these tests believe to be in.</summary>
    public static StageContext Context { get; } = new("stage", Seed: 7);

    /// <summary>A still of 20 x 10 pixels.</summary>
    public static Sample Image(string key, params Instance[] instances) => new()
    {
        Key = key,
        Frames = [new Frame(key + ".jpg", WidthPx: 20, HeightPx: 10)],
        Instances = [.. instances],
    };

    /// <summary>A video of frames of 20 x 10 pixels.</summary>
    public static Sample Video(string key, int frames, params Instance[] instances) => new()
    {
        Key = key,
        Kind = SampleKind.Video,
        Frames = [.. Enumerable.Range(0, frames).Select(f => new Frame($"{key}/{f:D5}.jpg", 20, 10) { Position = f })],
        Instances = [.. instances],
    };

    /// <summary>An instance with an id and a category.</summary>
    public static Instance Object(long id, long category = 1) =>
        new() { Id = new RecordId(id), CategoryId = new RecordId(category) };

    /// <summary>Sends one sample through a transform.</summary>
    public static StageResult Run(this Transform stage, Sample sample, DatasetInfo? input = null)
    {
        Assert.Empty(stage.Check());
        DatasetInfo info = input ?? new DatasetInfo { Kind = sample.Kind };
        stage.Describe(info);
        var output = new StageOutput();
        stage.Prepare(info, Context)(sample, output);
        return Balanced(new StageResult(output), [sample]);
    }

    /// <summary>Sends the samples of one key through a join.</summary>
    public static StageResult Run(this Join stage, params Sample?[] samples) => stage.Run(Context, samples);

    /// <summary>Sends the samples of one key through a join, in a run of one's own.</summary>
    public static StageResult Run(this Join stage, StageContext context, params Sample?[] samples)
    {
        Assert.Empty(stage.Check());
        DatasetInfo[] inputs = [.. samples.Select(s => new DatasetInfo { Kind = s?.Kind ?? default })];
        stage.Describe(inputs);
        var output = new StageOutput();
        stage.Prepare(inputs, context)(samples, output);
        return Balanced(new StageResult(output), [.. samples.OfType<Sample>()]);
    }

    /// <summary>Sends the samples of one group through a grouping, which must find that they are one.</summary>
    public static StageResult Run(this Grouping stage, params Sample[] samples)
    {
        Assert.Empty(stage.Check());
        var info = new DatasetInfo { Kind = samples[0].Kind };
        stage.Describe(info);
        string key = Assert.Single(samples.Select(s =>
            stage.GroupOf(new Candidate(s.Key, stage.KeysSuffice ? null : stage.Observe(s)))).Distinct());
        var output = new StageOutput();
        stage.Prepare(info, Context)(key, samples, output);
        return Balanced(new StageResult(output), samples);
    }

    /// <summary>Lets a selector decide about samples; the keys by port, dropped ones under their reason.</summary>
    public static ILookup<string, string> Run(
        this Selector stage, IReadOnlyList<Sample> samples, DatasetInfo? input = null, StageContext? context = null)
    {
        Assert.Empty(stage.Check());
        DatasetInfo info = stage.Describe(input ?? new DatasetInfo { Kind = samples[0].Kind });
        Candidate[] candidates =
            [.. samples.Select(s => new Candidate(s.Key, stage.KeysSufficeFor(info) ? null : stage.Observe(s)))];
        IReadOnlyList<Choice> choices = stage.Decide(candidates, info, context ?? Context);
        Assert.Equal(samples.Count, choices.Count);
        Assert.All(choices, choice => Assert.Equal(choice.Port < 0, choice.DropReason is not null));
        return samples.Zip(choices).ToLookup(
            pair => pair.Second.DropReason ?? stage.OutputPorts[pair.Second.Port], pair => pair.First.Key);
    }

    /// <summary>The code of the only problem with which an action fails.</summary>
    public static string FailsWith(Action action) =>
        Assert.Single(Assert.Throws<BadDataException>(action).Problems).Code;

    private static StageResult Balanced(StageResult result, Sample[] entered)
    {
        long samplesOut = result.Emitted.Count;
        Assert.Equal(1 + result.Sum(Tally.SamplesAdded), samplesOut + result.Sum(Tally.SamplesDropped));
        if (samplesOut == 0) return result;
        long instancesOut = result.Emitted.Sum(e => (long)e.Sample.Instances.Length);
        Assert.Equal(
            entered.Sum(s => s.Instances.Length) + result.Sum(Tally.InstancesAdded),
            instancesOut + result.Sum(Tally.InstancesDropped));
        return result;
    }
}

/// <summary>What a stage made of one sample.</summary>
internal sealed class StageResult(StageOutput output)
{
    /// <summary>What it emitted.</summary>
    public IReadOnlyList<(int Port, Sample Sample)> Emitted => output.Emitted;

    /// <summary>The only sample it emitted, which left by the first port.</summary>
    public Sample Only
    {
        get
        {
            (int port, Sample sample) = Assert.Single(output.Emitted);
            Assert.Equal(0, port);
            return sample;
        }
    }

    /// <summary>The ids of the instances of the only sample, as JSON text.</summary>
    public IReadOnlyList<string> OnlyIds => [.. Only.Instances.Select(i => i.Id?.JsonText ?? "none")];

    /// <summary>Everything counted, as sorted text: <c>InstancesDropped crowd 2</c>.</summary>
    public IReadOnlyList<string> Tallies => [.. output.Tallies
        .GroupBy(t => (t.Kind, t.Reason))
        .Select(g => $"{g.Key.Kind} {g.Key.Reason} {g.Sum(t => t.Count)}")
        .OrderBy(text => text, StringComparer.Ordinal)];

    /// <summary>Sum of one kind of count.</summary>
    public long Sum(Tally kind) => output.Tallies.Where(t => t.Kind == kind).Sum(t => t.Count);
}
