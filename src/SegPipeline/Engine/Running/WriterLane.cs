using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Engine.Running;

/// <summary>Appends to one output: one chunk after another, by a task of its own, beside the other writers.</summary>
internal sealed class WriterLane
{
    private const int Capacity = 4;

    private readonly Channel<CommittedChunk> _chunks = Channel.CreateBounded<CommittedChunk>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });
    private readonly string _name;
    private readonly int _number;
    private readonly OpenOutput _output;
    private readonly Task _appending;
    private volatile ExceptionDispatchInfo? _failure;

    /// <summary>Starts appending.</summary>
    /// <param name="name">Name of the writer's node.</param>
    /// <param name="number">Its number among the writers.</param>
    /// <param name="output">Its output.</param>
    public WriterLane(string name, int number, OpenOutput output)
    {
        _name = name;
        _number = number;
        _output = output;
        _appending = Task.Run(AppendAllAsync);
    }

    /// <summary>Throws what an earlier append threw.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    /// <summary>Hands over the next chunk.</summary>
    public ValueTask SendAsync(CommittedChunk chunk) => _chunks.Writer.WriteAsync(chunk);

    /// <summary>Waits until everything that was handed over is appended.</summary>
    public Task CompleteAsync()
    {
        _chunks.Writer.TryComplete();
        return _appending;
    }

    /// <summary>Completes the output.</summary>
    public void Finish() => Guard(_output.Finish, "failed to finish");

    private async Task AppendAllAsync()
    {
        await foreach (CommittedChunk chunk in _chunks.Reader.ReadAllAsync())
        {
            Append(chunk);
            if (_failure is not null) chunk.Lose();
            await chunk.DoneAsync();
        }
    }

    private void Append(CommittedChunk chunk)
    {
        // After a failure nothing more may be appended, but whoever waits for the chunk must not wait for ever.
        if (_failure is not null || chunk.For(_number) is not { } encoded) return;
        try
        {
            Guard(() => _output.Append(encoded), "failed to append");
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }
    }

    private void Guard(Action action, string fault)
    {
        try
        {
            action();
        }
        catch (BadDataException e)
        {
            throw ProblemPlace.At(e, $"stage '{_name}'");
        }
        catch (Exception e) when (StageFailure.IsFault(e))
        {
            throw new EngineFaultException(_name, fault, e);
        }
    }
}
