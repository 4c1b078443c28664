using System.Buffers.Binary;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Tracing;

/// <summary>What a <see cref="ChunkTrace"/> has taken down, port by port.</summary>
/// <param name="Ports">The ports that the chunk has passed, in that order; one that was passed for several samples
/// that were looked up stands there several times.</param>
internal sealed record TracedChunk(IReadOnlyList<TracedPort> Ports)
{
    /// <summary>In place of a number of samples: a writer has encoded something.</summary>
    public const int IsEncoded = -1;

    /// <summary>In place of the number of a sample that was seen before: this one was not.</summary>
    public const int IsNew = 0;

    /// <summary>In place of a number of instances: they were not told apart.</summary>
    public const int IsNotDetailed = -1;

    /// <summary>Reads it.</summary>
    /// <param name="record">What was taken down.</param>
    /// <param name="header">The header of the trace that it is of.</param>
    /// <exception cref="BadDataException">The bytes were not made by a <see cref="ChunkTrace"/>.</exception>
    public static TracedChunk Load(ReadOnlyMemory<byte> record, TraceHeader header) =>
        TraceRecord.Read(record, journal => Load(journal, header.Ports.Length));

    private static TracedChunk Load(JournalReader journal, int mostPorts)
    {
        var ports = new List<TracedPort>();
        var seen = new List<TracedSample>();
        while (!journal.IsAtEnd)
        {
            int number = journal.Count();
            ArgumentOutOfRangeException.ThrowIfNegative(number);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, mostPorts);
            ports.Add(LoadPort(journal, number, seen));
        }
        return new TracedChunk(ports);
    }

    private static TracedPort LoadPort(JournalReader journal, int number, List<TracedSample> seen)
    {
        if (journal.CountOr(IsEncoded) is not { } count)
            return new TracedPort(number, [], journal.Digest(), [.. Texts(journal)]);
        var samples = new TracedSample[count];
        for (int i = 0; i < count; i++) samples[i] = LoadSample(journal, seen);
        return new TracedPort(number, samples, Encoded: null, []);
    }

    private static TracedSample LoadSample(JournalReader journal, List<TracedSample> seen)
    {
        int number = journal.Count();
        if (number != IsNew) return seen[number - 1];
        string key = journal.Word();
        ulong digest = journal.Digest();
        TracedInstance[]? instances = journal.CountOr(IsNotDetailed) is { } count ? new TracedInstance[count] : null;
        for (int i = 0; i < instances?.Length; i++) instances[i] = new TracedInstance(journal.Text(), journal.Digest());
        var sample = new TracedSample(key, digest, instances);
        seen.Add(sample);
        return sample;
    }

    private static IEnumerable<string> Texts(JournalReader journal)
    {
        for (int left = journal.CountOfRest(); left > 0; left--) yield return journal.Word();
    }
}

/// <summary>What stood at a port, or was encoded by a writer.</summary>
/// <param name="Number">The port's number in <see cref="TracePorts"/>.</param>
/// <param name="Samples">The samples.</param>
/// <param name="Encoded">Fingerprint of what a writer encoded; null for a port.</param>
/// <param name="Files">The files that it put into the release.</param>
internal sealed record TracedPort(int Number, TracedSample[] Samples, ulong? Encoded, string[] Files);

/// <summary>A sample at a port.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Digest">Fingerprint of all of it.</param>
/// <param name="Instances">Its instances; null when they were not told apart.</param>
internal sealed record TracedSample(string Key, ulong Digest, TracedInstance[]? Instances);

/// <summary>An instance of a sample at a port.</summary>
/// <param name="Id">Its id; null for none.</param>
/// <param name="Digest">The beginning of its fingerprint.</param>
internal readonly record struct TracedInstance(string? Id, ulong Digest);

/// <summary>Reads fingerprints, whole ones and their beginnings.</summary>
internal static class TracedDigest
{
    /// <summary>Reads one.</summary>
    public static ulong Digest(this JournalReader journal)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        journal.Bytes().Span.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
