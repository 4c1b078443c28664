namespace SegPipeline.Tests.Support;

/// <summary>A clock that a test moves; its timers ring while it is moved.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(callback, state, this) { Due = _now + dueTime, Period = period };
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves the clock on.</summary>
    public void Advance(TimeSpan span)
    {
        TimeSpan end = _now + span;
        while (_timers.Where(t => t.Due <= end).MinBy(t => t.Due) is { } next)
        {
            _now = next.Due;
            next.Due += next.Period;
            next.Ring();
        }
        _now = end;
    }

    private sealed class Timer(TimerCallback callback, object? state, ManualClock clock) : ITimer
    {
        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; set; }

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (Due, Period) = (clock._now + dueTime, period);
            return true;
        }

        public void Dispose() => clock._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
