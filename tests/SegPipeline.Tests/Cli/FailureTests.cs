using SegPipeline.Cli;
using SegPipeline.Cli.Output;
using SegPipeline.Model;
using SegPipeline.Releases;

namespace SegPipeline.Tests.Cli;

public sealed class FailureTests
{
    public static TheoryData<string, int> Failures => new()
    {
        { nameof(BadDataException), 65 },
        { nameof(UnauthorizedAccessException), 65 },
        { nameof(PathTooLongException), 65 },
        { nameof(InputDigests.Changed), 75 },
        { nameof(ReleaseLockedException), 75 },
        { nameof(IOException), 75 },
        { nameof(OutOfMemoryException), 75 },
        { nameof(OperationCanceledException), 130 },
        { nameof(InvalidOperationException), 1 },
        { nameof(KeyNotFoundException), 1 },
    };

    private static Exception Make(string name) => name switch
    {
        nameof(BadDataException) => new BadDataException(new Problem("X", "bad")),
        nameof(InputDigests.Changed) => new BadDataException(new Problem(InputDigests.Changed, "changed")),
        nameof(UnauthorizedAccessException) => new UnauthorizedAccessException("no"),
        nameof(PathTooLongException) => new PathTooLongException("long"),
        nameof(ReleaseLockedException) => new ReleaseLockedException(new Problem("X", "held"), new IOException()),
        nameof(IOException) => new IOException("No space left on device"),
        nameof(OutOfMemoryException) => new InsufficientMemoryException(),
        nameof(OperationCanceledException) => new TaskCanceledException(),
        nameof(InvalidOperationException) => new InvalidOperationException("wrong"),
        _ => Thrown(),
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Every_failure_has_its_exit_code_and_only_our_own_fault_shows_where_it_happened(string name, int code)
    {
        Terminal terminal = CliRun.Captured();
        Assert.Equal((ExitCode)code, Failure.Report(Make(name), terminal));
        string error = terminal.Error.ToString()!;
        Assert.NotEmpty(error);
        Assert.Equal(code == 1, error.Contains("Please report it", StringComparison.Ordinal));
        Assert.Equal(code == 1, error.Contains("Exception", StringComparison.Ordinal));
        Assert.Equal(name == nameof(KeyNotFoundException), error.Contains("   at ", StringComparison.Ordinal));
    }

    private static KeyNotFoundException Thrown()
    {
        try
        {
            throw new KeyNotFoundException("missing");
        }
        catch (KeyNotFoundException e)
        {
            return e;
        }
    }
}
