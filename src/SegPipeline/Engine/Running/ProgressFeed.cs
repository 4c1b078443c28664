using System.Threading.Channels;

namespace SegPipeline.Engine.Running;

/// <summary>Tells a listener how far the run has come: every event, in order, one call at a time.</summary>
internal sealed class ProgressFeed
{
    private const int Capacity = 64;
    private readonly Channel<RunProgress>? _events;
    private readonly Task _telling;

    /// <summary>Starts telling.</summary>
    /// <param name="listener">Who is told; null for nobody.</param>
    public ProgressFeed(Action<RunProgress>? listener)
    {
        _events = listener is null ? null : Channel.CreateBounded<RunProgress>(new BoundedChannelOptions(Capacity)
        {
            SingleReader = true,
        });
        _telling = listener is null ? Task.CompletedTask : Task.Run(() => TellAsync(listener, _events!.Reader));
    }

    /// <summary>Tells the listener, as soon as it has heard what came before.</summary>
    public ValueTask TellAsync(string phase, long done, long total) =>
        _events is null ? default : _events.Writer.WriteAsync(new RunProgress(phase, done, total));

    /// <summary>Waits until the listener has heard everything; throws what it threw.</summary>
    public Task CompleteAsync()
    {
        _events?.Writer.TryComplete();
        return _telling;
    }

    /// <summary>Waits until the listener has heard everything; for when the run fails for another reason.</summary>
    public async Task StopAsync()
    {
        _events?.Writer.TryComplete();
        await _telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task TellAsync(Action<RunProgress> listener, ChannelReader<RunProgress> events)
    {
        Exception? failure = null;
        await foreach (RunProgress progress in events.ReadAllAsync())
        {
            if (failure is not null) continue;
            try
            {
                listener(progress);
            }
            catch (Exception e)
            {
                failure = e;
            }
        }
        if (failure is not null) throw new InvalidOperationException("the listener for progress failed", failure);
    }
}
