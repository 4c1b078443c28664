using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Pipelines.Schemas;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe schema</c>: the JSON Schema of pipeline files, for editors.</summary>
internal static class SchemaCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("schema", "write the JSON Schema of pipeline files, for editors");
        command.SetAction(_ =>
        {
            terminal.Out.Write(PipelineSchema.Generate(StageCatalog.Default));
            return (int)ExitCode.Ok;
        });
        return command;
    }
}
