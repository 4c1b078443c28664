using System.Collections.Immutable;
using SegPipeline.Cli.Progress;
using SegPipeline.Engine;
using SegPipeline.Pipelines;
using SegPipeline.Releases;

namespace SegPipeline.Cli.Output;

/// <summary>Tells a person about a run: progress, and at its end where the release is and what is in it.</summary>
internal sealed class RunReport(Terminal terminal) : IRunReport
{
    private const int FilesShown = 10;

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
    }

    /// <inheritdoc/>
    public void Failed(ExitCode code, IEnumerable<string> problems) { }

    private void WriteFiles(ImmutableArray<ReleaseFile> files)
    {
        var table = new TextTable("file", "records", "#size");
        // Files with records are what a reader looks for; photos come by the thousand.
        ReleaseFile[] shown = [.. files.OrderBy(f => f.Records.IsEmpty).Take(FilesShown)];
        foreach (ReleaseFile file in shown)
            table.Add(file.Name.Value, Records(file), Quantity.Bytes(file.Digest.SizeBytes));
        int others = files.Length - shown.Length;
        long bytes = files.Sum(f => f.Digest.SizeBytes) - shown.Sum(f => f.Digest.SizeBytes);
        if (others > 0) table.Add($"{Quantity.Count(others)} more", "", Quantity.Bytes(bytes));
        table.Write(terminal.Out);
    }

    private static string Records(ReleaseFile file) =>
        string.Join(", ", file.Records.Select(r => $"{Quantity.Count(r.Value)} {r.Key}"));
}
