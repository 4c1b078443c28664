using System.CommandLine;
using System.CommandLine.Completions;
using SegPipeline.Cli.Output;
using SegPipeline.Pipelines.Catalogs;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe stages</c>: the stages there are, and what each of them takes.</summary>
internal static class StagesCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var list = new Command("list", "list all stages");
        list.SetAction(_ => (int)List(terminal));
        var name = new Argument<string>("stage") { Description = "name of the stage, e.g. read.coco" };
        name.CompletionSources.Add(_ => StageCatalog.Default.Stages.Select(s => new CompletionItem(s.Name)));
        var describe = new Command("describe", "show what a stage does, its keys and an example") { name };
        describe.SetAction(parsed => (int)Describe(parsed.GetRequiredValue(name), terminal));
        var stages = new Command("stages", "list the stages, or describe one") { list, describe };
        stages.SetAction(_ => (int)List(terminal));
        return stages;
    }

    private static ExitCode List(Terminal terminal)
    {
        var table = new TextTable("stage", "kind", "what it does");
        foreach (StageEntry stage in StageCatalog.Default.Stages)
            table.Add(stage.Name, stage.Kind.ToString().ToLowerInvariant(), Shortened(stage.Summary));
        table.Write(terminal.Out);
        return ExitCode.Ok;
    }

    private static ExitCode Describe(string name, Terminal terminal)
    {
        StageCatalog catalog = StageCatalog.Default;
        if (catalog.Find(name) is not { } stage)
        {
            string hint = catalog.Closest(name) is { } near ? $"did you mean '{near}'?" : "see 'segpipe stages'";
            terminal.WriteError("", $"there is no stage '{name}'; {hint}");
            return ExitCode.Usage;
        }
        StagePage.Write(stage, terminal.Out);
        return ExitCode.Ok;
    }

    // What stands before the first full stop or colon says enough for a list.
    private static string Shortened(string text)
    {
        int[] ends = [text.IndexOf(". ", StringComparison.Ordinal), text.IndexOf(": ", StringComparison.Ordinal)];
        int end = ends.Where(e => e >= 0).DefaultIfEmpty(text.Length).Min();
        return text[..end].TrimEnd('.');
    }
}
