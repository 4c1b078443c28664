using System.Globalization;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Engine.Support;

/// <summary>A writer that keeps what it is given as one line of text for each sample.</summary>
internal sealed record MemoryWriter : Writer
{
    public Page Page { get; init; } = new();

    public Action<IReadOnlyList<Sample>>? OnEncode { get; init; }

    public Action<int>? OnAppend { get; init; }

    public Action? OnFinish { get; init; }

    public Action? OnOpen { get; init; }

    public Action? OnClose { get; init; }

    public bool IsResumable { get; init; } = true;

    public override OpenOutput Open(DatasetInfo input, IReleaseFolder release, StageContext context)
    {
        OnOpen?.Invoke();
        Page.Opened();
        return new Output(this);
    }

    public static string Line(Sample sample)
    {
        string instances = string.Join(",", sample.Instances.Select(i =>
            i.Id?.JsonText + "/" + i.Score?.ToString(CultureInfo.InvariantCulture)));
        string rejection = sample.Rejection is { } r
            ? $" !{r.Stage}:{string.Join("+", r.Problems.Select(p => p.Code))}"
            : "";
        return $"{sample.Key}[{instances}]{rejection}";
    }

    private sealed class Output(MemoryWriter writer) : OpenOutput
    {
        private int _appends;

        public override object Encode(IReadOnlyList<Sample> samples)
        {
            writer.OnEncode?.Invoke(samples);
            return samples.Select(Line).ToArray();
        }

        public override void Append(object encoded)
        {
            writer.OnAppend?.Invoke(_appends++);
            writer.Page.Append((string[])encoded);
        }

        public override bool IsResumable => writer.IsResumable;

        public override void Save(object encoded, JournalWriter journal)
        {
            var lines = (string[])encoded;
            journal.Number(lines.Length);
            foreach (string line in lines) journal.Text(line);
        }

        public override object Load(JournalReader journal)
        {
            var lines = new string[journal.Count()];
            for (int i = 0; i < lines.Length; i++) lines[i] = journal.Text()!;
            return lines;
        }

        public override void Finish()
        {
            writer.OnFinish?.Invoke();
            writer.Page.Finish();
        }

        public override void Dispose()
        {
            writer.Page.Closed();
            base.Dispose();
            writer.OnClose?.Invoke();
        }
    }
}

/// <summary>What a writer has written.</summary>
internal sealed class Page
{
    private readonly List<string> _lines = [];
    private int _open;

    public bool IsClosed => Volatile.Read(ref _open) == 0;

    public bool IsFinished { get; private set; }

    public IReadOnlyList<string> Lines => _lines;

    public IEnumerable<string> Keys => _lines.Select(line => line[..line.IndexOf('[', StringComparison.Ordinal)]);

    public void Opened() => Interlocked.Increment(ref _open);

    public void Closed() => Interlocked.Decrement(ref _open);

    public void Append(string[] lines) => _lines.AddRange(lines);

    public void Finish() => IsFinished = true;
}

/// <summary>A release folder that nobody may ask for anything.</summary>
internal sealed class NoRelease : IReleaseFolder
{
    public Stream CreateFile(ReleaseName name) => throw new InvalidOperationException();

    public void AddPhoto(ReleaseName name, Photo photo, MediaTransfer transfer) =>
        throw new InvalidOperationException();

    public IUnnamedFile CreateUnnamed() => throw new InvalidOperationException();

    public FileStream CreateScratchFile() => throw new InvalidOperationException();

    public void CountRecords(ReleaseName name, string what, long count) => throw new InvalidOperationException();
}
