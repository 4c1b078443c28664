using SegPipeline.Engine;

namespace SegPipeline.Cli.Progress;

/// <summary>Shows how a run comes on: takes counts from any thread, shows the latest at intervals.</summary>
internal sealed class ProgressDisplay : IDisposable
{
    private readonly ProgressMeter _meter;
    private readonly IProgressView _view;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private bool _begun;
    private bool _changed;
    private bool _closed;

    /// <param name="view">How it is shown.</param>
    /// <param name="clock">Tells the time.</param>
    public ProgressDisplay(IProgressView view, TimeProvider clock)
    {
        _meter = new ProgressMeter(clock);
        _view = view;
        _timer = clock.CreateTimer(_ => Show(), null, view.Interval, view.Interval);
    }

    /// <summary>Takes a count.</summary>
    public void Report(RunProgress progress)
    {
        lock (_gate)
        {
            _meter.Take(progress);
            _begun = true;
            _changed = true;
        }
    }

    /// <summary>Shows nothing more, so that other text can be written.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            _view.Close();
        }
    }

    private void Show()
    {
        lock (_gate)
        {
            if (_closed || !_begun || !(_changed || _view.IsAlive)) return;
            _changed = false;
            try
            {
                _view.Show(_meter.Read());
            }
            catch (IOException)
            {
                // Nobody can be told any more; the run goes on.
                _closed = true;
            }
        }
    }
}
