using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using SegPipeline.Engine;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>
/// Writes <c>MANIFEST.json</c>: what was run over which inputs, every file with its digest, the ledger, and the chosen
/// samples. It holds no time, no machine and no absolute path, so that equal runs write equal bytes.
/// </summary>
internal sealed class ManifestWriter(Utf8JsonWriter json)
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a manifest.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="record">How the release was made.</param>
    /// <param name="files">Its files, but for the manifest and the checksums.</param>
    public static void Write(Stream target, ReleaseRecord record, IEnumerable<ReleaseFile> files)
    {
        using (var json = new Utf8JsonWriter(target, Layout)) new ManifestWriter(json).WriteDocument(record, files);
        target.WriteByte((byte)'\n');
    }

    private void WriteDocument(ReleaseRecord record, IEnumerable<ReleaseFile> files)
    {
        json.WriteStartObject();
        json.WriteNumber(ManifestFile.Marker, ManifestFile.FormatVersion);
        WritePipeline(record);
        WriteTool(record.Tool);
        WriteList("stages", record.Graph.Nodes, WriteStage);
        WriteList("inputs", InputNames.Of(record.Inputs), WriteInput);
        WriteList("files", files, WriteFile);
        WriteList("ledger", record.Result.Ledger.Stages, WriteLedgerEntry);
        WriteList("chosen", record.Result.Chosen, c => WriteChosen(new ChosenList(c.Node, c.Port, c.Keys)));
        WriteList("warnings", record.Result.Warnings, WriteWarning);
        json.WriteEndObject();
    }

    private void WritePipeline(ReleaseRecord record)
    {
        json.WriteStartObject("pipeline");
        json.WriteString("name", record.Graph.Name);
        json.WriteNumber("seed", record.Graph.Seed);
        json.WriteString("config_sha256", record.ConfigDigest);
        json.WriteStartObject("params");
        foreach (var (name, value) in record.Parameters) json.WriteString(name, value);
        json.WriteEndObject();
        WriteList("environment_read", record.EnvironmentRead, json.WriteStringValue);
        json.WriteEndObject();
    }

    private void WriteTool(ToolVersion tool)
    {
        json.WriteStartObject("tool");
        json.WriteString("name", "segpipe");
        json.WriteString("version", tool.Version);
        if (tool.Commit is not null) json.WriteString("commit", tool.Commit);
        json.WriteEndObject();
    }

    private void WriteStage(GraphNode node)
    {
        json.WriteStartObject();
        json.WriteString("name", node.Name);
        json.WriteString("stage", StageAttribute.NameOf(node.Stage));
        json.WriteEndObject();
    }

    private void WriteInput((InputDigest Input, string Name) input)
    {
        json.WriteStartObject();
        json.WriteString("stage", input.Input.Node);
        json.WriteString("file", input.Name);
        WriteDigest(input.Input.Digest);
        if (input.Input.Verdict is { } verdict) json.WriteString("checked", verdict);
        json.WriteEndObject();
    }

    private void WriteFile(ReleaseFile file)
    {
        json.WriteStartObject();
        json.WriteString("name", file.Name.Value);
        WriteDigest(file.Digest);
        if (!file.Records.IsEmpty) WriteCounts("records", file.Records);
        json.WriteEndObject();
    }

    private void WriteDigest(FileDigest digest)
    {
        json.WriteNumber("bytes", digest.SizeBytes);
        json.WriteString("sha256", digest.Sha256);
    }

    private void WriteLedgerEntry(LedgerEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("stage", entry.Stage);
        WriteAccount("samples", entry.Samples);
        if (!entry.SamplesByPort.IsEmpty) WriteCounts("samples_by_port", entry.SamplesByPort);
        WriteAccount("instances", entry.Instances);
        if (!entry.Notes.IsEmpty) WriteCounts("notes", entry.Notes);
        json.WriteEndObject();
    }

    private void WriteAccount(string name, Account account)
    {
        json.WriteStartObject(name);
        json.WriteNumber("in", account.In);
        json.WriteNumber("out", account.Out);
        if (account.Rejected != 0) json.WriteNumber("rejected", account.Rejected);
        if (!account.Dropped.IsEmpty) WriteCounts("dropped", account.Dropped);
        if (!account.Added.IsEmpty) WriteCounts("added", account.Added);
        json.WriteEndObject();
    }

    private void WriteChosen(ChosenList chosen)
    {
        json.WriteStartObject();
        json.WriteString("stage", chosen.Stage);
        json.WriteString("port", chosen.Port);
        json.WriteNumber("count", chosen.Keys.Length);
        json.WriteString("sha256", chosen.Sha256());
        if (chosen.File is { } file) json.WriteString("file", file.Value);
        else WriteList("keys", chosen.Keys, json.WriteStringValue);
        json.WriteEndObject();
    }

    private void WriteWarning((string Node, string Sentence) warning)
    {
        json.WriteStartObject();
        json.WriteString("stage", warning.Node);
        json.WriteString("warning", warning.Sentence);
        json.WriteEndObject();
    }

    private void WriteCounts(string name, ImmutableSortedDictionary<string, long> counts)
    {
        json.WriteStartObject(name);
        foreach (var (what, count) in counts.OrderBy(c => c.Key, StringComparer.Ordinal)) json.WriteNumber(what, count);
        json.WriteEndObject();
    }

    private void WriteList<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items) write(item);
        json.WriteEndArray();
    }
}
