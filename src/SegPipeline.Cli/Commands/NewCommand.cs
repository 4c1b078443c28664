using System.CommandLine;
using SegPipeline.Cli.Converting;
using SegPipeline.Cli.Output;
using SegPipeline.Cli.Templates;
using SegPipeline.Detection;

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
            Description = "the dataset to begin from: a COCO file; with --to any dataset",
            HelpName = "path",
        };
        var to = new Option<string?>("--to") { Description = "convert the dataset to this format" };
        to.AcceptOnlyFromAmong([.. ConversionTarget.All.Select(t => t.Format)]);
        var command = new Command("new", "write a commented pipeline to begin with") { file, template, data, to };
        command.Validators.Add(result =>
        {
            bool fits = result.GetValue(data) is not null && result.GetValue(template) is null;
            if (result.GetValue(to) is not null && !fits)
                result.AddError("--to needs --data, and excludes --template");
        });
        command.SetAction(parsed => (int)Write(parsed.GetRequiredValue(file), path => parsed.GetValue(to) is { } format
            ? Converting(path, terminal.Resolve(parsed.GetValue(data)!), ConversionTarget.Find(format)!)
            : FromTemplate(path, parsed.GetValue(template), parsed.GetValue(data), terminal), terminal));
        return command;
    }

    private static string Converting(string path, string data, ConversionTarget target)
    {
        Conversion conversion = Conversion.Plan(DatasetDetection.Detect(data).Chosen(), target);
        string release = Path.Combine(Path.GetDirectoryName(path)!, "releases", PipelineTemplate.NameOf(path));
        return new ConversionText(path, release).Write(conversion);
    }

    private static string FromTemplate(string path, string? template, string? data, Terminal terminal)
    {
        string? dataPath = data is null ? null : terminal.Resolve(data);
        if (dataPath is not null) PipelineTemplate.CheckDataset(dataPath);
        return PipelineTemplate.Text(template ?? PipelineTemplate.Names[0], path, dataPath);
    }

    private static ExitCode Write(string file, Func<string, string> textOf, Terminal terminal)
    {
        string path = terminal.Resolve(file);
        if (Path.Exists(path))
        {
            terminal.WriteError(file, "the file is there already; choose another name or remove it");
            return ExitCode.Usage;
        }
        string text = textOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var stream = new FileStream(path, FileMode.CreateNew))
        using (var writer = new StreamWriter(stream))
            writer.Write(text);
        terminal.Out.WriteLine($"{file}: written; next: segpipe check {file} --inputs");
        return ExitCode.Ok;
    }
}
