using System.Collections.Immutable;
using System.Text.Json;
using SegPipeline.Cli.Progress;
using SegPipeline.Engine;
using SegPipeline.Engine.Sharding;
using SegPipeline.Pipelines;
using SegPipeline.Releases;

namespace SegPipeline.Cli.Output;

/// <summary>Tells a program about a run: a JSON object a line, the last is <c>finished</c>,
/// <c>shard_finished</c> or <c>failed</c>.</summary>
internal sealed class RunEvents : IRunReport
{
    private readonly JsonLines _lines;

    /// <param name="terminal">Where to write; messages still go to its error stream.</param>
    public RunEvents(Terminal terminal)
    {
        _lines = new JsonLines(terminal.Out);
        ProgressView = new ProgressEvents(_lines);
    }

    /// <inheritdoc/>
    public IProgressView ProgressView { get; }

    /// <inheritdoc/>
    public void Finished(LoadedPipeline pipeline, FinishedRun run)
    {
        foreach (var (stage, sentence) in run.Result.Warnings)
            _lines.Write("warning", json =>
            {
                json.WriteString("stage", stage);
                json.WriteString("message", sentence);
            });
        _lines.Write("finished", json =>
        {
            json.WriteString("release", run.Folder);
            json.WriteString("manifest_sha256", run.Record.ManifestSha256);
            json.WriteNumber("wall_seconds", run.Record.WallSeconds);
            json.WriteNumber("cpu_seconds", run.Record.CpuSeconds);
            json.WriteNumber("peak_resident_bytes", run.Record.PeakResidentBytes);
            json.WriteNumber("files", run.Files.Length);
            json.WriteNumber("bytes", run.Files.Sum(f => f.Digest.SizeBytes));
            WriteRecords(json, run);
            WriteSummary(json, run.Result.Summary);
            WriteLedger(json, run.Result.Ledger);
        });
    }

    /// <inheritdoc/>
    public void ShardFinished(Shard shard, ShardResult result, int chunks) => _lines.Write("shard_finished", json =>
    {
        json.WriteNumber("index", shard.Index);
        json.WriteNumber("of", shard.Of);
        json.WriteNumber("first_chunk", result.Span.First);
        json.WriteNumber("chunks", result.Span.Count);
        json.WriteNumber("chunks_resumed", result.Resumed);
        json.WriteNumber("chunks_of_all", chunks);
        json.WriteNumber("samples", result.Samples);
    });

    /// <inheritdoc/>
    public void Failed(ExitCode code, IEnumerable<string> problems) => _lines.Write("failed", json =>
    {
        json.WriteNumber("exit_code", (int)code);
        json.WriteStartArray("problems");
        foreach (string problem in problems) json.WriteStringValue(problem);
        json.WriteEndArray();
    });

    private static void WriteRecords(Utf8JsonWriter json, FinishedRun run)
    {
        json.WriteStartObject("records");
        foreach (ReleaseFile file in run.Files.Where(f => !f.Records.IsEmpty))
        {
            json.WriteStartObject(file.Name.Value);
            foreach (var (what, count) in file.Records) json.WriteNumber(what, count);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteSummary(
        Utf8JsonWriter json, ImmutableArray<(string Node, string Line)> summary)
    {
        json.WriteStartArray("summary");
        foreach (var (node, line) in summary)
        {
            json.WriteStartObject();
            json.WriteString("stage", node);
            json.WriteString("line", line);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteLedger(Utf8JsonWriter json, Ledger ledger)
    {
        json.WriteStartArray("ledger");
        foreach (LedgerEntry entry in ledger.Stages)
        {
            json.WriteStartObject();
            json.WriteString("stage", entry.Stage);
            json.WriteNumber("samples_in", entry.Samples.In);
            json.WriteNumber("samples_out", entry.Samples.Out);
            json.WriteNumber("samples_rejected", entry.Samples.Rejected);
            json.WriteNumber("instances_in", entry.Instances.In);
            json.WriteNumber("instances_out", entry.Instances.Out);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
