using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Engine.Support;

/// <summary>A dataset in memory that takes down what is read of it and whether it was closed.</summary>
internal sealed record MemoryReader(params string[] Keys) : Reader
{
    public Func<int, Sample>? Make { get; init; }

    public Func<int, long> CostBytes { get; init; } = _ => 1;

    public IReadOnlyList<(string Key, Problem Problem)> Defects { get; init; } = [];

    public DatasetInfo Info { get; init; } = new();

    /// <summary>The files it says that it reads; none of them has to be there.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    public ReadLog Log { get; init; } = new();

    /// <summary>The sample of an entry at the second port, if there is to be one.</summary>
    public Func<int, Sample?>? MakeSecond { get; init; }

    /// <summary>Whether it says that every entry has a sample at the second port.</summary>
    public bool HasEverySecond { get; init; }

    public override IReadOnlyList<string> OutputPorts =>
        MakeSecond is null ? base.OutputPorts : [DefaultPort, "second"];

    public static MemoryReader Numbered(int count, string prefix = "k") =>
        new([.. Enumerable.Range(0, count).Select(i => $"{prefix}{i:D4}")]);

    public override OpenDataset Open(StageContext context)
    {
        Log.Opened();
        return new Dataset(this);
    }

    private sealed class Dataset(MemoryReader reader) : OpenDataset
    {
        public override DatasetInfo Info => reader.Info;

        public override IReadOnlyList<PlanEntry> Plan { get; } =
            [.. reader.Keys.Select((key, i) => new PlanEntry(key, reader.CostBytes(i)))];

        public override IReadOnlyList<(string Key, Problem Problem)> Defects => reader.Defects;

        public override IReadOnlyList<string> InputFiles => reader.Files ?? [reader.Keys.Length + ".json"];

        public override Sample Read(int index)
        {
            reader.Log.Note(reader.Keys[index]);
            return reader.Make?.Invoke(index) ?? Samples.Of(reader.Keys[index]);
        }

        public override Sample? ReadPort(int index, int port)
        {
            if (port == 0) return Read(index);
            reader.Log.Note($"{reader.Keys[index]}.{port}");
            return reader.MakeSecond!(index);
        }

        public override bool HasEvery(int port) => port == 0 || reader.HasEverySecond;

        public override void Dispose()
        {
            reader.Log.Closed();
            base.Dispose();
        }
    }
}

/// <summary>What was read of a dataset, and how often it was opened and closed.</summary>
internal sealed class ReadLog
{
    private readonly List<string> _keys = [];
    private int _open;

    public bool IsClosed => Volatile.Read(ref _open) == 0;

    public string[] Keys
    {
        get
        {
            lock (_keys) return [.. _keys.Order(StringComparer.Ordinal)];
        }
    }

    public void Opened() => Interlocked.Increment(ref _open);

    public void Closed() => Interlocked.Decrement(ref _open);

    public void Note(string key)
    {
        lock (_keys) _keys.Add(key);
    }
}

/// <summary>A transform that is a function.</summary>
internal sealed record Apply(Action<Sample, StageOutput> Function, params string[] Ports) : Transform
{
    public bool Keeps { get; init; }

    public override bool KeepsSamples => Keeps;

    public override IReadOnlyList<string> OutputPorts => Ports.Length > 0 ? Ports : base.OutputPorts;

    public static Apply Nothing { get; } = new((sample, output) => output.Emit(sample)) { Keeps = true };

    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context) => Function;
}

/// <summary>A selector that is a function of all candidates.</summary>
internal sealed record Select(Func<IReadOnlyList<Candidate>, IEnumerable<Choice>> Function, params string[] Ports)
    : Selector
{
    public Func<Sample, string?>? Look { get; init; }

    public override bool KeysSuffice => Look is null;

    public override IReadOnlyList<string> OutputPorts => Ports.Length > 0 ? Ports : base.OutputPorts;

    public static Select Where(Func<string, bool> keep) => new(candidates =>
        candidates.Select(c => keep(c.Key) ? new Choice(0) : new Choice(-1, "not chosen")));

    public override string? Observe(Sample sample) => Look!(sample);

    public override IReadOnlyList<Choice> Decide(
        IReadOnlyList<Candidate> candidates, DatasetInfo input, StageContext context) => [.. Function(candidates)];
}

/// <summary>A grouping by a function of key and observation, whose samples have the instances of all members.</summary>
internal sealed record Gather(Func<Candidate, string> Group) : Grouping
{
    public Func<Sample, string?>? Look { get; init; }

    public Action<string, IReadOnlyList<Sample>>? OnForm { get; init; }

    public override bool KeysSuffice => Look is null;

    public override string? Observe(Sample sample) => Look!(sample);

    public override string GroupOf(Candidate candidate) => Group(candidate);

    public override Action<string, IReadOnlyList<Sample>, StageOutput> Prepare(
        DatasetInfo input, StageContext context) => (key, members, output) =>
    {
        OnForm?.Invoke(key, members);
        output.Emit(new Sample { Key = key, Instances = [.. members.SelectMany(m => m.Instances)] });
    };
}

/// <summary>A join that is a function of a row.</summary>
internal sealed record Align(JoinKeys Which, Action<IReadOnlyList<Sample?>, StageOutput> Function) : Join
{
    public override JoinKeys Keys => Which;

    public override (int Fewest, int Most) Inputs => (2, 8);

    /// <summary>Joins a row into one sample whose instances are those of all inputs, in the order of the
    /// inputs.</summary>
    public static Align Together(JoinKeys keys) => new(keys, (row, output) =>
        output.Emit(row.First(s => s is not null)! with
        {
            Instances = [.. row.Where(s => s is not null).SelectMany(s => s!.Instances)],
        }));

    public override DatasetInfo Describe(IReadOnlyList<DatasetInfo> inputs) => inputs[0];

    public override Action<IReadOnlyList<Sample?>, StageOutput> Prepare(
        IReadOnlyList<DatasetInfo> inputs, StageContext context) => Function;
}

/// <summary>Makes samples and instances that show where they came from.</summary>
internal static class Samples
{
    /// <summary>A sample with one instance, whose score tells where it came from.</summary>
    public static Sample Of(string key, int instances = 1, double score = 0) => new()
    {
        Key = key,
        Instances = [..
            Enumerable.Range(0, instances).Select(i => new Instance { Id = new RecordId(i), Score = score })],
    };

    /// <summary>Bad data about a key.</summary>
    public static BadDataException Bad(string key) => new(new Problem("BAD", "bad " + key));
}
