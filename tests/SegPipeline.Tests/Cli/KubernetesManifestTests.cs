using SegPipeline.Tests.Releases;
using SegPipeline.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace SegPipeline.Tests.Cli;

/// <summary>The manifests of <c>segpipe export k8s</c>: no field that the API does not have, and commands that
/// work.</summary>
public sealed class KubernetesManifestTests : IDisposable
{
    private const int Shards = 3;

    /// <summary>Every field that a manifest may have, of the kinds Job (batch/v1), PodTemplateSpec and PodSpec as the
    /// API reference of 1.29 lists them: path, type, and what a text must be.</summary>
    private static readonly Dictionary<string, (string Type, string? Values)> Fields = new(StringComparer.Ordinal)
    {
        ["apiVersion"] = ("text", "batch/v1"),
        ["kind"] = ("text", "Job"),
        ["metadata.name"] = ("text", null),
        ["spec.backoffLimit"] = ("number", null),
        ["spec.backoffLimitPerIndex"] = ("number", null),
        ["spec.completionMode"] = ("text", "Indexed|NonIndexed"),
        ["spec.completions"] = ("number", null),
        ["spec.parallelism"] = ("number", null),
        ["spec.podFailurePolicy.rules[].action"] = ("text", "FailJob|FailIndex|Ignore|Count"),
        ["spec.podFailurePolicy.rules[].onExitCodes.containerName"] = ("text", "segpipe"),
        ["spec.podFailurePolicy.rules[].onExitCodes.operator"] = ("text", "In|NotIn"),
        ["spec.podFailurePolicy.rules[].onExitCodes.values[]"] = ("number", null),
        ["spec.podFailurePolicy.rules[].onPodConditions[].type"] = ("text", "DisruptionTarget"),
        ["spec.podFailurePolicy.rules[].onPodConditions[].status"] = ("text", "True|False|Unknown"),
        ["spec.template.spec.restartPolicy"] = ("text", "Never"),
        ["spec.template.spec.terminationGracePeriodSeconds"] = ("number", null),
        ["spec.template.spec.containers[].name"] = ("text", "segpipe"),
        ["spec.template.spec.containers[].image"] = ("text", null),
        ["spec.template.spec.containers[].command[]"] = ("text", null),
        ["spec.template.spec.containers[].workingDir"] = ("text", null),
        ["spec.template.spec.containers[].resources.requests.cpu"] = ("text", null),
        ["spec.template.spec.containers[].volumeMounts[].name"] = ("text", "data"),
        ["spec.template.spec.containers[].volumeMounts[].mountPath"] = ("text", null),
        ["spec.template.spec.volumes[].name"] = ("text", "data"),
        ["spec.template.spec.volumes[].persistentVolumeClaim.claimName"] = ("text", null),
    };

    private readonly CocoSet _set = new(images: 100);

    public void Dispose() => _set.Dispose();

    [Fact]
    public async Task Manifests_have_only_fields_of_the_API_with_values_it_takes()
    {
        await ExportAsync("seg: \"pipe\"");
        foreach (string part in (string[])["plan", "shards", "merge"])
        {
            YamlNode job = Read(part);
            var found = new List<string>();
            Check(job, "", found);
            Assert.Equal(["apiVersion", "kind", "metadata.name"], found[..3]);
            Assert.Equal($"my-set-{part}", Text(job, "metadata", "name"));
            Assert.Matches("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$", Text(job, "metadata", "name"));
            bool isIndexed = part == "shards";
            Assert.Equal(isIndexed, found.Contains("spec.backoffLimitPerIndex"));
            Assert.Equal(isIndexed, found.Contains("spec.completionMode"));
        }
        Assert.Equal(("Indexed", "3"), (Text(Read("shards"), "spec", "completionMode"),
            Text(Read("shards"), "spec", "completions")));
    }

    [Fact]
    public async Task Exit_codes_that_stay_end_the_job_and_those_that_pass_are_tried_again()
    {
        await ExportAsync("segpipe");
        foreach (string part in (string[])["plan", "shards", "merge"])
        {
            var rules = (YamlSequenceNode)At(Read(part), "spec", "podFailurePolicy", "rules");
            Assert.Equal(["FailJob", "Ignore", "Count"], rules.Select(rule => Text(rule, "action")));
            Assert.Equal(["1", "2", "65", "78"], Values(rules[0]));
            Assert.Equal(["75", "130", "137", "143"], Values(rules[2]));
        }
    }

    [Fact]
    public async Task The_commands_work_where_the_index_is_in_the_environment()
    {
        string program = _set["seg $(pipe)"];
        _set.WriteFile("seg $(pipe)",
            $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "segpipe.dll")}' \"$@\"\n");
        ToolRun.MakePrivate(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await ExportAsync(program);
        await RunAsync("plan");
        for (int index = 0; index < Shards; index++) await RunAsync("shards", ("JOB_COMPLETION_INDEX", $"{index}"));
        await RunAsync("merge");
        Assert.Equal(0, (await _set.RunAsync("run", "p.yaml", "--to", "whole", "--set", "size=50")).ExitCode);
        Assert.Equal(TestRelease.Contents(_set["whole"]), TestRelease.Contents(_set["it's out"]));
    }

    [Fact]
    public async Task A_missing_image_or_claim_is_a_mistake_of_usage()
    {
        Write();
        CliRun run = await _set.RunAsync("export", "k8s", "p.yaml", "-n", "3");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--image", run.Error, StringComparison.Ordinal);
        Assert.Contains("--claim", run.Error, StringComparison.Ordinal);
    }

    private void Write()
    {
        _set.Write("all: { read.coco: { annotations: instances.json } }",
            "some: { sample: { count: $size } }", "out: { write.coco: { file: set.json } }");
        string file = _set["p.yaml"];
        File.WriteAllText(file, File.ReadAllText(file).Replace("name: p", "name: My_set.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Jobs_are_applied_one_after_another_until_one_fails()
    {
        await ExportAsync("segpipe");
        _set.WriteFile("bin/kubectl", "#!/bin/sh\ncase $1 in\n" +
            "  apply) echo \"$3\" >> applied ;;\n" +
            "  get) if [ -e \"fails-$3\" ]; then echo FailureTarget Failed; else echo Complete; fi ;;\nesac\n");
        ToolRun.MakePrivate(_set["bin/kubectl"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var path = new Dictionary<string, string>
        {
            ["PATH"] = $"{_set["bin"]}:{Environment.GetEnvironmentVariable("PATH")}",
        };
        ToolRun run = await ToolRun.InAsync(_set.Path, path, _set["jobs/submit.sh"]);
        Assert.Equal((0, "plan.yaml\nshards.yaml\nmerge.yaml\n"),
            (run.ExitCode, File.ReadAllText(_set["jobs/applied"])));
        _set.WriteFile("jobs/fails-shards.yaml", "");
        run = await ToolRun.InAsync(_set.Path, path, _set["jobs/submit.sh"]);
        Assert.Equal((1, "shards has failed: see kubectl describe -f shards.yaml; kubectl delete -f shards.yaml to " +
            "try again\n"), (run.ExitCode, run.Error));
        Assert.EndsWith("merge.yaml\nplan.yaml\nshards.yaml\n", File.ReadAllText(_set["jobs/applied"]),
            StringComparison.Ordinal);
    }

    private async Task ExportAsync(string program)
    {
        Write();
        CliRun run = await _set.RunAsync("export", "k8s", "p.yaml", "-n", $"{Shards}", "--image", "example/segpipe:1",
            "--claim", "datasets", "--set", "size=50", "--to", "it's out", "--program", program, "--folder", "jobs");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["jobs/submit.sh", "jobs/plan.yaml", "jobs/shards.yaml", "jobs/merge.yaml"], run.Lines);
    }

    private async Task RunAsync(string part, params (string Name, string Value)[] environment)
    {
        YamlNode container = ((YamlSequenceNode)At(Read(part), "spec", "template", "spec", "containers"))[0];
        // What the kubelet does with commands: $(NAME) is replaced, $$(NAME) is $(NAME).
        string[] words = [.. ((YamlSequenceNode)At(container, "command")).Select(word => ((YamlScalarNode)word).Value!
            .Replace("$$(", "$(", StringComparison.Ordinal))];
        ToolRun run = await ToolRun.InAsync(Text(container, "workingDir"),
            environment.ToDictionary(v => v.Name, v => v.Value), words[0], words[1..]);
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private YamlNode Read(string part)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(_set[$"jobs/{part}.yaml"])));
        return Assert.Single(stream.Documents).RootNode;
    }

    private static void Check(YamlNode node, string path, List<string> found)
    {
        if (node is YamlMappingNode map)
        {
            foreach (var (key, value) in map.Children)
                Check(value, path.Length == 0 ? $"{key}" : $"{path}.{key}", found);
            return;
        }
        if (node is YamlSequenceNode list)
        {
            foreach (YamlNode item in list) Check(item, path + "[]", found);
            return;
        }
        var scalar = (YamlScalarNode)node;
        Assert.True(Fields.TryGetValue(path, out var field), $"the API has no field '{path}', or it is not used here");
        bool isNumber = int.TryParse(scalar.Value, out _) && scalar.Style == YamlDotNet.Core.ScalarStyle.Plain;
        Assert.True(isNumber == (field.Type == "number"), $"{path}: {scalar.Value} is no {field.Type}");
        if (field.Values is { } values) Assert.Contains(scalar.Value, values.Split('|'));
        found.Add(path);
    }

    private static IEnumerable<string> Values(YamlNode rule) =>
        ((YamlSequenceNode)At(rule, "onExitCodes", "values")).Select(value => ((YamlScalarNode)value).Value!);

    private static string Text(YamlNode node, params string[] path) => ((YamlScalarNode)At(node, path)).Value!;

    private static YamlNode At(YamlNode node, params string[] path) => path.Aggregate(node, (at, key) => at[key]);
}
