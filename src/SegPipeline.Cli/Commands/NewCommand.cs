using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Cli.Templates;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe new</c>: writes a commented pipeline to begin with.</summary>
internal static class NewCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "pipeline file to write; must not exist yet" };
        var template = new Option<string>("--template", "-t") { Description = "what the pipeline makes" };
        template.AcceptOnlyFromAmong([.. PipelineTemplate.Names]);
        var data = new Option<string?>("--data")
        {
            Description = "the dataset to begin from: a COCO file",
            HelpName = "file",
        };
        var command = new Command("new", "write a commented pipeline to begin with") { file, template, data };
        command.SetAction(parsed => (int)Write(
            parsed.GetRequiredValue(file), parsed.GetValue(template), parsed.GetValue(data), terminal));
        return command;
    }

    private static ExitCode Write(string file, string? template, string? data, Terminal terminal)
    {
        string path = terminal.Resolve(file);
        if (Path.Exists(path))
        {
            terminal.WriteError(file, "the file is there already; choose another name or remove it");
            return ExitCode.Usage;
        }
        string? dataPath = data is null ? null : terminal.Resolve(data);
        if (dataPath is not null) PipelineTemplate.CheckDataset(dataPath);
        string text = PipelineTemplate.Text(template ?? PipelineTemplate.Names[0], path, dataPath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var stream = new FileStream(path, FileMode.CreateNew))
        using (var writer = new StreamWriter(stream))
            writer.Write(text);
        terminal.Out.WriteLine($"{file}: written; next: segpipe check {file} --inputs");
        return ExitCode.Ok;
    }
}
