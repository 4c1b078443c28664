using System.Collections.Immutable;
using SegPipeline.Engine.Journal;
using SegPipeline.Engine.Planning;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Tracing;

/// <summary>The first record of a trace: which release it is of, and how to read the others.</summary>
/// <param name="ManifestSha256">SHA-256 of the release's manifest; zeros before there is one. Always as long.</param>
/// <param name="Chunks">Number of chunks of the run.</param>
/// <param name="PlanSha256">Digest of all keys and chunks: runs of which it is the same have the same chunks.</param>
/// <param name="Ports">Names of the ports, by number.</param>
/// <param name="PlacedReaders">Names of the readers whose records are told by their places in the input files.</param>
internal sealed record TraceHeader(string ManifestSha256, int Chunks, string PlanSha256,
    ImmutableArray<string> Ports, ImmutableArray<string> PlacedReaders)
{
    private const string Marker = "segpipe trace 1";

    /// <summary>The header of a run that has no release yet.</summary>
    public static TraceHeader Of(PipelinePlan plan)
    {
        GraphShape shape = plan.Shape;
        return new TraceHeader(new string('0', 64), plan.Chunks.Chunks.Length, plan.Sha256,
            new TracePorts(shape).Names, [.. shape.SourceNodes
                .Where((_, source) => plan.Description.Datasets[source].SourceFiles.Count > 0)
                .Select(node => shape.Graph.Nodes[node].Name)]);
    }

    /// <summary>The bytes of the record.</summary>
    public ReadOnlyMemory<byte> Save()
    {
        var record = new JournalWriter(_ => null);
        record.Text(Marker);
        record.Text(ManifestSha256);
        record.Number(Chunks);
        record.Text(PlanSha256);
        foreach (ImmutableArray<string> names in (ImmutableArray<string>[])[Ports, PlacedReaders])
        {
            record.Number(names.Length);
            foreach (string name in names) record.Text(name);
        }
        return record.Written;
    }

    /// <summary>Reads the record.</summary>
    /// <returns>The header; null when it is none of a trace that this version reads.</returns>
    /// <exception cref="BadDataException">It is damaged.</exception>
    public static TraceHeader? Load(byte[] record) => TraceRecord.Read(record, reader => reader.Text() != Marker
        ? null
        : new TraceHeader(reader.Word(), reader.Count(), reader.Word(), Names(reader), Names(reader)));

    private static ImmutableArray<string> Names(JournalReader reader)
    {
        var names = new string[reader.CountOfRest()];
        for (int i = 0; i < names.Length; i++) names[i] = reader.Word();
        return [.. names];
    }
}
