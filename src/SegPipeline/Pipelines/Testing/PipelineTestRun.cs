using System.Collections.Immutable;
using SegPipeline.Engine;
using SegPipeline.Model;

namespace SegPipeline.Pipelines.Testing;

/// <summary>Runs the tests of pipeline files.</summary>
public static class PipelineTestRun
{
    /// <summary>Runs all tests of a pipeline, one after another.</summary>
    /// <param name="pipeline">The pipeline, without problems.</param>
    /// <param name="cancel">Ends the run.</param>
    /// <exception cref="ArgumentException">The pipeline has problems.</exception>
    public static async Task<ImmutableArray<PipelineTestResult>> RunAllAsync(
        LoadedPipeline pipeline, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var results = ImmutableArray.CreateBuilder<PipelineTestResult>();
        foreach (PipelineTest test in pipeline.Tests) results.Add(await RunAsync(pipeline, test, cancel));
        return results.ToImmutable();
    }

    /// <summary>
    /// Runs one test: only the stages between what it gives and what it expects, through the same engine as any run.
    /// </summary>
    /// <inheritdoc cref="RunAllAsync"/>
    /// <param name="pipeline">The pipeline, without problems.</param>
    /// <param name="test">One of its tests.</param>
    /// <param name="cancel">Ends the run.</param>
    public static async Task<PipelineTestResult> RunAsync(
        LoadedPipeline pipeline, PipelineTest test, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(test);
        PipelineGraph graph = pipeline.Graph ??
            throw new ArgumentException("the pipeline has problems, and no graph", nameof(pipeline));
        var problems = new ProblemList(pipeline.File);
        TestGraph built = TestGraph.Of(graph, test);
        try
        {
            var options = new RunOptions { Release = new NoRelease(), Workers = 1, Window = 2 };
            await PipelineRun.ExecuteAsync(built.Graph, options, cancel);
            if (test.ExpectedError is { } error)
                problems.Add(test.Place, $"{test.Name}: expected the error '{error}', and nothing went wrong");
            for (int i = 0; i < test.Expected.Length; i++) Compare(test.Expected[i], built.Outputs[i], problems);
        }
        catch (BadDataException e)
        {
            if (test.ExpectedError is not { } expected || !e.Problems.Any(p => Fits(p, expected)))
                foreach (Problem problem in e.Problems) problems.Add(test.Place, $"{test.Name}: {problem}");
        }
        catch (EngineFaultException e)
        {
            problems.Add(test.Place, $"{test.Name}: {e.Message}");
        }
        return new PipelineTestResult(test, problems.Sorted());
    }

    private static void Compare(ExpectedPort expected, Collected found, ProblemList problems)
    {
        string port = expected.Port.Stage is { } stage ? $"'{stage}'" : "'errors'";
        new SampleComparison(port, found.Info.Taxonomy, problems).Compare(expected.Samples, found.Samples);
    }

    private static bool Fits(Problem problem, string expected) =>
        problem.Code == expected || problem.Message.Contains(expected, StringComparison.Ordinal);
}
