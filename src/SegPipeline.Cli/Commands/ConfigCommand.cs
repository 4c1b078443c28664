using System.CommandLine;
using SegPipeline.Cli.Output;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe config</c>: the pipeline with every value filled in.</summary>
internal static class ConfigCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("config", "show the pipeline with every parameter, default and include filled in");
        PipelineInput input = PipelineInput.AddTo(command);
        var digest = new Option<bool>("--digest") { Description = "show only the SHA-256 that a manifest records" };
        command.Add(digest);
        command.SetAction(parsed =>
        {
            if (input.LoadSound(parsed, terminal) is not { } pipeline) return (int)ExitCode.BadConfig;
            if (parsed.GetValue(digest)) terminal.Out.WriteLine(pipeline.ConfigDigest);
            else terminal.Out.Write(pipeline.ResolvedYaml);
            return (int)ExitCode.Ok;
        });
        return command;
    }
}
