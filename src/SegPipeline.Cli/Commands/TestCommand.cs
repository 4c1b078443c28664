using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Testing;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe test</c>: runs the tests that stand in a pipeline file.</summary>
internal static class TestCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("test", "run the tests of pipeline files; they need no data");
        PipelineInput input = PipelineInput.AddSeveralTo(command);
        command.SetAction(async (parsed, cancel) => (int)await input.ForEachAsync(
            parsed, terminal, pipeline => RunAsync(pipeline, terminal, cancel)).ConfigureAwait(false));
        return command;
    }

    private static async Task<ExitCode> RunAsync(
        LoadedPipeline pipeline, Terminal terminal, CancellationToken cancel)
    {
        string file = terminal.Shorten(pipeline.File);
        int failed = 0;
        foreach (PipelineTest test in pipeline.Tests)
        {
            PipelineTestResult result = await PipelineTestRun.RunAsync(pipeline, test, cancel).ConfigureAwait(false);
            terminal.Out.WriteLine($"{(result.Passed ? "ok    " : "failed")}  {test.Name}");
            if (result.Passed) continue;
            failed++;
            foreach (ConfigProblem difference in result.Differences) terminal.WriteProblem(difference);
        }
        int all = pipeline.Tests.Length;
        terminal.Out.WriteLine(failed > 0
            ? $"{file}: {Quantity.Count(failed)} of {Quantity.Count(all, "test")} failed"
            : $"{file}: {(all == 0 ? "there are no tests" : Quantity.Count(all, "test") + " passed")}");
        return failed > 0 ? ExitCode.BadConfig : ExitCode.Ok;
    }
}
