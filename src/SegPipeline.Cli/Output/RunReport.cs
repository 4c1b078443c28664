using System.Collections.Immutable;
using SegPipeline.Cli.Progress;
using SegPipeline.Engine;
using SegPipeline.Engine.Sharding;
using SegPipeline.Pipelines;
using SegPipeline.Releases;

namespace SegPipeline.Cli.Output;

/// <summary>Tells a person about a run: progress, and at its end where the release is and what is in it.</summary>
internal sealed class RunReport(Terminal terminal) : IRunReport
{
    /// <inheritdoc/>
    public IProgressView ProgressView { get; } =
        terminal.IsWatched ? new ProgressBar(terminal) : new ProgressLines(terminal);

    /// <inheritdoc/>
    public void Finished(LoadedPipeline pipeline, FinishedRun run)
    {
        terminal.WriteWarnings(pipeline, run.Result);
        string time = Quantity.Time(TimeSpan.FromSeconds(run.Record.WallSeconds));
        string memory = Quantity.Bytes(run.Record.PeakResidentBytes);
        terminal.Out.WriteLine($"{terminal.Shorten(run.Folder)}: released in {time}, with {memory} of memory");
        terminal.Out.WriteLine();
        WriteFiles(run.Files);
        terminal.Out.WriteLine();
        LedgerTable.Write(run.Result.Ledger, terminal.Out);
        if (run.Result.Summary.IsEmpty) return;
        terminal.Out.WriteLine();
        foreach (var (node, line) in run.Result.Summary) terminal.Out.WriteLine($"{node}: {line}");
    }

    /// <inheritdoc/>
    public void ShardFinished(Shard shard, ShardResult result, int chunks)
    {
        string before = result.Resumed > 0 ? $", {Quantity.Count(result.Resumed)} of them before" : "";
        terminal.Out.WriteLine($"{shard}: committed {result.Span} of {Quantity.Count(chunks)} " +
            $"({Quantity.Count(result.Samples, "sample")}){before}");
    }

    /// <inheritdoc/>
    public void Failed(ExitCode code, IEnumerable<string> problems) { }

    private void WriteFiles(ImmutableArray<ReleaseFile> files)
    {
        var table = new TextTable("file", "holds", "#size");
        foreach (ContentLine line in ContentSummary.Of(files))
            table.Add(line.Name, Holds(line), Quantity.Bytes(line.SizeBytes));
        table.Write(terminal.Out);
    }

    private static string Holds(ContentLine line) => line.Name.EndsWith('/')
        ? Quantity.Count(line.Files, "file")
        : string.Join(", ", line.Records.Select(r => $"{Quantity.Count(r.Value)} {r.Key}"));
}
