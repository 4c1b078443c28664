using System.CommandLine;
using SegPipeline.Cli.Export;
using SegPipeline.Cli.Output;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe export</c>: scripts and manifests by which other engines run a pipeline.</summary>
internal static class ExportCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal) =>
        new("export", "write scripts or manifests by which another engine runs a pipeline")
        {
            Slurm(terminal),
            Kubernetes(terminal),
            Systemd(terminal),
        };

    private static Command Slurm(Terminal terminal)
    {
        var command = new Command("slurm", "jobs of Slurm: plan, an array of shards, merge; start them with submit.sh");
        var input = ExportInput.AddTo(command, terminal);
        Option<int> shards = Shards(command), cpus = Cpus(command);
        command.SetAction(parsed => (int)input.Write(parsed, parsed.GetRequiredValue(shards), (run, pipeline, folder) =>
            new SlurmExport(run, pipeline.Name, terminal.CurrentFolder, folder, parsed.GetValue(cpus)).Files));
        return command;
    }

    private static Command Kubernetes(Terminal terminal)
    {
        var command = new Command("k8s", "Jobs of Kubernetes: plan, an Indexed Job of shards, merge");
        var input = ExportInput.AddTo(command, terminal);
        Option<int> shards = Shards(command), cpus = Cpus(command);
        Option<string> image = Required(command, "--image", "the image that holds segpipe", "image");
        Option<string> claim = Required(command, "--claim",
            "the volume claim with pipeline, inputs and release; all pods must be able to write to it", "name");
        Option<string?> mount = Add(command, "--mount",
            "where the volume is mounted; the current folder unless told", "folder");
        Option<string?> workingFolder = Add(command, "--working-folder",
            "the folder that relative paths start from in the pods; the current folder unless told", "folder");
        command.SetAction(parsed => (int)input.Write(parsed, parsed.GetRequiredValue(shards), (run, pipeline, _) =>
            new KubernetesExport(run, pipeline.Name, new ClusterPlace(
                parsed.GetRequiredValue(image), parsed.GetRequiredValue(claim),
                parsed.GetValue(mount) ?? terminal.CurrentFolder,
                parsed.GetValue(workingFolder) ?? terminal.CurrentFolder, parsed.GetValue(cpus))).Files));
        return command;
    }

    private static Command Systemd(Terminal terminal)
    {
        var command = new Command("systemd", "a service of systemd that runs the pipeline once when it is started");
        var input = ExportInput.AddTo(command, terminal);
        command.SetAction(parsed => (int)input.Write(parsed, shards: 1, (run, pipeline, _) =>
            new SystemdExport(run, pipeline.Name, terminal.CurrentFolder).Files));
        return command;
    }

    private static Option<int> Shards(Command command)
    {
        Option<int> option = Numbers.Above(0, "--shards", "number of shards");
        option.Aliases.Add("-n");
        option.Required = true;
        command.Add(option);
        return option;
    }

    private static Option<int> Cpus(Command command)
    {
        const int Standard = 4;
        Option<int> option = Numbers.Above(0, "--cpus", "processors for each shard", Standard);
        command.Add(option);
        return option;
    }

    private static Option<string> Required(Command command, string name, string description, string what)
    {
        var option = new Option<string>(name) { Description = description, HelpName = what, Required = true };
        command.Add(option);
        return option;
    }

    private static Option<string?> Add(Command command, string name, string description, string what)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = what };
        command.Add(option);
        return option;
    }
}
