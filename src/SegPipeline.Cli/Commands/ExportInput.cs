using System.Collections.Immutable;
using System.CommandLine;
using SegPipeline.Cli.Export;
using SegPipeline.Cli.Output;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Commands;

/// <summary>What every export takes: the pipeline as for a run, the program, and the folder to write to.</summary>
internal sealed class ExportInput
{
    private readonly Terminal _terminal;
    private readonly ReleaseInput _input;

    private readonly Option<string?> _folder = new("--folder")
    {
        Description = "write the export here; NAME-ENGINE in the current folder unless told",
        HelpName = "folder",
    };

    private readonly Option<string?> _program = new("--program")
    {
        Description = "how the other machines start segpipe; as it was started here unless told",
        HelpName = "path",
    };

    private ExportInput(Command command, Terminal terminal)
    {
        _terminal = terminal;
        _input = ReleaseInput.AddTo(command);
        command.Add(_folder);
        command.Add(_program);
    }

    /// <summary>Adds the argument and the options to a command.</summary>
    public static ExportInput AddTo(Command command, Terminal terminal) => new(command, terminal);

    /// <summary>Writes an export.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="shards">Number of shards.</param>
    /// <param name="files">Makes its files of the command lines, the pipeline and the full path of the folder.</param>
    public ExitCode Write(
        ParseResult parsed, int shards, Func<ExportedRun, LoadedPipeline, string, ExportedFile[]> files)
    {
        LoadedPipeline pipeline = _input.Load(parsed, _terminal);
        if (pipeline.Problems.Count > 0 || pipeline.ReleaseFolder is null)
        {
            _terminal.WriteProblems(
                pipeline.Problems.Count > 0 ? pipeline.Problems : [RunChoices.WritesNothing(pipeline)]);
            return ExitCode.BadConfig;
        }
        string name = parsed.GetValue(_folder) ?? $"{DnsLabel.Of(pipeline.Name)}-{parsed.CommandResult.Command.Name}";
        string folder = _terminal.Resolve(name);
        Directory.CreateDirectory(folder);
        var run = new ExportedRun(
            parsed.GetValue(_program) is { } program ? [program] : ThisProgram(),
            [.. _input.PipelineWords(parsed)], [.. _input.ReleaseWords(parsed)],
            Path.Combine(name, "plan.json"), shards);
        foreach (ExportedFile file in files(run, pipeline, folder))
        {
            file.Write(folder);
            _terminal.Out.WriteLine(Path.Combine(name, file.Name));
        }
        return ExitCode.Ok;
    }

    /// <summary>The words that started this program: itself, or the runtime with our assembly.</summary>
    private static ImmutableArray<string> ThisProgram()
    {
        string process = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? [process, Path.Combine(AppContext.BaseDirectory, "segpipe.dll")]
            : [process];
    }
}
