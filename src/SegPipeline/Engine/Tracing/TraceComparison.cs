using System.Collections.Immutable;
using System.Globalization;

namespace SegPipeline.Engine.Tracing;

/// <summary>Whether two runs have read the same input files.</summary>
internal enum TracedInputs
{
    /// <summary>They have: a place in them stands for what is written there.</summary>
    Same,

    /// <summary>They have not, but no record is told by its place: what was encoded may be.</summary>
    Other,
}

/// <summary>Finds the first difference between what two runs took down, chunk by chunk.</summary>
internal sealed class TraceComparison
{
    private readonly TraceHeader _first;
    private readonly TraceHeader _second;
    private readonly TracedInputs _inputs;
    private readonly bool _hasSamePorts;
    private readonly int[] _numbers;
    private readonly bool[] _isInBoth;

    /// <summary>Prepares to compare.</summary>
    /// <param name="first">The header of the first run's trace.</param>
    /// <param name="second">The header of the second run's trace.</param>
    /// <param name="inputs">Whether they have read the same files.</param>
    public TraceComparison(TraceHeader first, TraceHeader second, TracedInputs inputs)
    {
        _first = first;
        _second = second;
        _inputs = inputs;
        _hasSamePorts = first.Ports.AsSpan().SequenceEqual(second.Ports.AsSpan());
        _numbers = [.. second.Ports.Select(name => first.Ports.IndexOf(name))];
        _isInBoth = [.. first.Ports.Select(name => second.Ports.Contains(name))];
    }

    /// <summary>Compares two traces.</summary>
    /// <returns>The first difference; null when there is none.</returns>
    public static TraceDifference? Compare(
        TraceFile first, TraceFile second, TracedInputs inputs, CancellationToken cancel)
    {
        var comparison = new TraceComparison(first.Header, second.Header, inputs);
        using IEnumerator<byte[]> olds = first.Records().GetEnumerator(), news = second.Records().GetEnumerator();
        for (int chunk = 0; ; chunk++)
        {
            cancel.ThrowIfCancellationRequested();
            byte[]? old = olds.MoveNext() ? olds.Current : null, now = news.MoveNext() ? news.Current : null;
            if (old is null && now is null) return null;
            if (comparison.Compare(chunk, old, now) is { } difference) return difference;
        }
    }

    /// <summary>Compares what was taken down of a chunk.</summary>
    /// <param name="chunk">Its number.</param>
    /// <param name="first">By the first run; null when it had no such chunk.</param>
    /// <param name="second">By the second run; null when it had no such chunk.</param>
    /// <returns>The first difference; null when there is none.</returns>
    public TraceDifference? Compare(int chunk, ReadOnlyMemory<byte>? first, ReadOnlyMemory<byte>? second)
    {
        if (first is not { } before || second is not { } after)
            return new TraceDifference(chunk, "the plan")
            {
                What = $"only the {(first is null ? "second" : "first")} run had so many chunks",
            };
        if (_hasSamePorts && before.Span.SequenceEqual(after.Span)) return null;
        TracedPort[] olds = [.. TracedChunk.Load(before, _first).Ports.Where(p => _isInBoth[p.Number])];
        TracedPort[] news = [.. TracedChunk.Load(after, _second).Ports.Where(p => _numbers[p.Number] >= 0)
            .Select(p => p with { Number = _numbers[p.Number] })];
        for (int i = 0; i < Math.Max(olds.Length, news.Length); i++)
        {
            TracedPort? old = i < olds.Length ? olds[i] : null, now = i < news.Length ? news[i] : null;
            TraceDifference? difference = old is null || now is null || old.Number != now.Number
                ? OnlyOne(chunk, old, now)
                : Compare(chunk, old, now);
            if (difference is not null) return difference;
        }
        return null;
    }

    // Ports are passed in the order of their numbers: the one that comes first is the one that was passed once.
    private TraceDifference OnlyOne(int chunk, TracedPort? old, TracedPort? now)
    {
        bool isOld = now is null || (old is not null && old.Number < now.Number);
        TracedPort port = (isOld ? old : now)!;
        return At(chunk, port) with
        {
            Key = port.Samples.FirstOrDefault()?.Key,
            What = $"was there in the {(isOld ? "first" : "second")} run only",
        };
    }

    private TraceDifference? Compare(int chunk, TracedPort old, TracedPort now)
    {
        if (old.Encoded is not null || now.Encoded is not null)
            return _inputs == TracedInputs.Same && old.Encoded != now.Encoded
                ? At(chunk, old) with { What = "what the writer encoded differs" }
                : null;
        for (int i = 0; i < Math.Max(old.Samples.Length, now.Samples.Length); i++)
        {
            TracedSample? first = i < old.Samples.Length ? old.Samples[i] : null;
            TracedSample? second = i < now.Samples.Length ? now.Samples[i] : null;
            if (first?.Key != second?.Key) return OtherSample(chunk, old, first, second);
            if (first!.Digest != second!.Digest)
                return Of(first, second, At(chunk, old) with { Key = first.Key });
        }
        return null;
    }

    private TraceDifference OtherSample(int chunk, TracedPort port, TracedSample? first, TracedSample? second)
    {
        string plan = _first.PlanSha256 != _second.PlanSha256 ? "; the runs are divided into other chunks from here on"
            : "";
        return At(chunk, port) with
        {
            Key = (first ?? second)!.Key,
            What = ((first, second) switch
            {
                (_, null) => "was there in the first run only",
                (null, _) => "was there in the second run only",
                _ => $"the second run had sample '{second.Key}' in its place",
            }) + plan,
        };
    }

    private static TraceDifference Of(TracedSample first, TracedSample second, TraceDifference place)
    {
        if (first.Instances is not { } olds || second.Instances is not { } news)
            return place with { What = "its frames, members or annotations differ" };
        for (int i = 0; i < Math.Max(olds.Length, news.Length); i++)
        {
            TracedInstance? old = i < olds.Length ? olds[i] : null, now = i < news.Length ? news[i] : null;
            if (old == now) continue;
            return place with
            {
                Instance = (old ?? now)!.Value.Id ?? (i + 1).ToString(CultureInfo.InvariantCulture),
                What = (old, now) switch
                {
                    (null, _) => "was there in the second run only",
                    (_, null) => "was there in the first run only",
                    ({ } a, { } b) when a.Id != b.Id => $"the second run had annotation {b.Id} in its place",
                    _ => "it differs",
                },
            };
        }
        return place with { What = "its frames or members differ" };
    }

    private TraceDifference At(int chunk, TracedPort port) => new(chunk, _first.Ports[port.Number]) { What = "" };
}
