using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Engine;
using SegPipeline.Pipelines;
using SegPipeline.Releases;
using SegPipeline.Releases.Shards;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe plan</c>: what a run would read, and what its selectors draw.</summary>
internal static class PlanCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("plan", "show what a run would read and what its selectors draw");
        PipelineInput input = PipelineInput.AddTo(command);
        var keys = new Option<string?>("--keys")
        {
            Description = "write the keys that a selector chose, one a line, and nothing else",
            HelpName = "stage",
        };
        var freeze = new Option<string?>("--freeze")
        {
            Description = "write down the plan for the shards of a run, in this JSON file (see segpipe shard)",
            HelpName = "file",
        };
        command.Add(keys);
        command.Add(freeze);
        command.Validators.Add(result =>
        {
            if (result.GetValue(keys) is not null && result.GetValue(freeze) is not null)
                result.AddError("--keys writes nothing else, so it cannot --freeze a plan");
        });
        command.SetAction(async (parsed, cancel) =>
        {
            if (input.LoadSound(parsed, terminal) is not { } pipeline) return (int)ExitCode.BadConfig;
            string? file = parsed.GetValue(freeze);
            if (file is not null) PlanFileJson.Prepare(terminal.Resolve(file));
            if (await OpenPlan.OfAsync(pipeline, terminal, cancel).ConfigureAwait(false) is not { } opened)
                return (int)ExitCode.BadData;
            using PipelinePlan plan = opened;
            if (parsed.GetValue(keys) is { } stage) return (int)WriteKeys(plan, stage, terminal);
            if (file is not null)
                await FreezeAsync(pipeline, plan, file, terminal, cancel).ConfigureAwait(false);
            else WritePlan(plan, terminal.Out);
            return (int)ExitCode.Ok;
        });
        return command;
    }

    private static async Task FreezeAsync(
        LoadedPipeline pipeline, PipelinePlan plan, string file, Terminal terminal, CancellationToken cancel)
    {
        InputVerdicts.CheckLists(plan.Graph);
        PlanFile frozen = await PlanFile.FreezeAsync(
            plan, Segpipe.Version, pipeline.ConfigDigest, new WorkOptions(), cancel).ConfigureAwait(false);
        PlanFileJson.Write(frozen, terminal.Resolve(file));
        terminal.Out.WriteLine($"{file}: {Quantity.Count(frozen.Plan.Chunks, "chunk")} of " +
            $"{Quantity.Count(frozen.Plan.Samples, "sample")}, {Quantity.Count(frozen.Inputs.Length, "input file")}");
    }

    private static void WritePlan(PipelinePlan plan, TextWriter target)
    {
        var readers = new TextTable("reader", "#samples", "#to read", "#chunks", "#largest chunk");
        foreach (var (node, samples) in plan.PlannedSamples)
        {
            PlannedChunk[] chunks = [.. plan.Chunks.Chunks.Where(c => c.Node == node)];
            readers.Add(
                plan.Graph.Nodes[node].Name,
                Quantity.Count(samples),
                Quantity.Count(chunks.Sum(c => (long)c.Count)),
                Quantity.Count(chunks.Length),
                Quantity.Bytes(chunks.Select(c => c.CostBytes).DefaultIfEmpty().Max()));
        }
        readers.Write(target);
        if (plan.Graph.Nodes.Any(n => n.Stage is Selector))
        {
            target.WriteLine();
            WriteSelectors(plan, target);
        }
        if (plan.Graph.Nodes.Any(n => n.Stage is Grouping))
        {
            target.WriteLine();
            WriteGroupings(plan, target);
        }
    }

    private static void WriteGroupings(PipelinePlan plan, TextWriter target)
    {
        var groupings = new TextTable("grouping", "#samples", "#groups");
        foreach (GraphNode node in plan.Graph.Nodes.Where(n => n.Stage is Grouping))
        {
            var known = plan.Grouped.Where(g => g.Node == node.Name).ToList();
            foreach (var (_, samples, groups) in known)
                groupings.Add(node.Name, Quantity.Count(samples), Quantity.Count(groups));
            if (known.Count == 0) groupings.Add(node.Name, "", "found in the run");
        }
        groupings.Write(target);
    }

    private static void WriteSelectors(PipelinePlan plan, TextWriter target)
    {
        var selectors = new TextTable("selector", "port", "#chosen", "first");
        foreach (GraphNode node in plan.Graph.Nodes.Where(n => n.Stage is Selector))
        {
            var ports = plan.Chosen.Where(c => c.Node == node.Name).ToList();
            foreach (var (_, port, keys) in ports)
                selectors.Add(node.Name, port, Quantity.Count(keys.Length), keys.FirstOrDefault() ?? "");
            if (ports.Count == 0) selectors.Add(node.Name, "", "", "is decided in the run: it looks at samples");
        }
        selectors.Write(target);
    }

    private static ExitCode WriteKeys(PipelinePlan plan, string stage, Terminal terminal)
    {
        var chosen = plan.Chosen.Where(c => c.Node == stage).ToList();
        if (chosen.Count == 0)
        {
            string[] names = [.. plan.Chosen.Select(c => c.Node).Distinct()];
            string known = names.Length == 0 ? "there is none" : "there are: " + string.Join(", ", names);
            terminal.WriteError("", $"'{stage}' is no selector that decides before the run; {known}");
            return ExitCode.Usage;
        }
        bool hasPorts = chosen.Count > 1;
        foreach (var (_, port, keys) in chosen)
            foreach (string key in keys)
                terminal.Out.WriteLine(hasPorts ? $"{port}\t{key}" : key);
        return ExitCode.Ok;
    }
}
