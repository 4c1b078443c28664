using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SegPipeline.Model;

namespace SegPipeline.Engine.Running;

/// <summary>How a lane of chunks stands at this moment, for whoever watches: shown until it is disposed of.</summary>
internal sealed class LaneGauges : IDisposable
{
    private static readonly ConcurrentDictionary<LaneGauges, bool> Open = new(ReferenceEqualityComparer.Instance);

    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly int _workers;
    private int _busy;
    private int _underWay;

    static LaneGauges()
    {
        Telemetry.Meter.CreateObservableUpDownCounter("segpipeline.workers.limit",
            () => Of(lane => lane._workers), "{worker}", "Chunks that are worked on at once at most.");
        Telemetry.Meter.CreateObservableUpDownCounter("segpipeline.workers.busy",
            () => Of(lane => Volatile.Read(ref lane._busy)), "{worker}", "Chunks that are being worked on.");
        Telemetry.Meter.CreateObservableGauge("segpipeline.workers.busy_share",
            () => Of(lane => (double)Volatile.Read(ref lane._busy) / lane._workers), "1",
            "Share of the workers that are busy.");
        Telemetry.Meter.CreateObservableUpDownCounter("segpipeline.commit.lag",
            () => Of(lane => Volatile.Read(ref lane._underWay)), "{chunk}",
            "Chunks that were admitted and are not committed.");
    }

    /// <summary>Begins to show a lane.</summary>
    /// <param name="pipeline">Name of the pipeline.</param>
    /// <param name="workers">Chunks worked on at once.</param>
    public LaneGauges(string pipeline, int workers)
    {
        _tags = [new("pipeline", pipeline)];
        _workers = workers;
        Open[this] = true;
    }

    /// <summary>A chunk is admitted.</summary>
    public void Admit() => Interlocked.Increment(ref _underWay);

    /// <summary>A worker begins with a chunk.</summary>
    public void Begin() => Interlocked.Increment(ref _busy);

    /// <summary>A worker is done with a chunk.</summary>
    /// <param name="time">How long it took.</param>
    public void End(TimeSpan time)
    {
        Interlocked.Decrement(ref _busy);
        Telemetry.BusySeconds.Add(time.TotalSeconds, _tags);
    }

    /// <summary>A chunk is committed.</summary>
    public void Commit()
    {
        Interlocked.Decrement(ref _underWay);
        Telemetry.ChunksCommitted.Add(1, _tags);
    }

    /// <inheritdoc/>
    public void Dispose() => Open.TryRemove(this, out _);

    private static IEnumerable<Measurement<T>> Of<T>(Func<LaneGauges, T> value)
        where T : struct => [.. Open.Keys.Select(lane => new Measurement<T>(value(lane), lane._tags))];
}
