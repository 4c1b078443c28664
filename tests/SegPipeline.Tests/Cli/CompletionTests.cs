using System.Diagnostics;
using SegPipeline.Cli;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>Completion in a real bash: the script is sourced and its function is called as a key press does.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public CompletionTests()
    {
        foreach (string file in (string[])["a.yaml", "b.yml", "notes.txt", "sub/c.yaml", "odd name.yaml"])
            _temp.Write(file, "");
    }

    public void Dispose() => _temp.Dispose();

    [ToolFact("bash")]
    public async Task Commands_are_completed()
    {
        string[] all = await CompleteAsync("segpipe", "");
        Assert.Contains("run", all);
        Assert.Contains("completion", all);
        Assert.Equal(["stages"], await CompleteAsync("segpipe", "stag"));
        Assert.Equal(["describe"], await CompleteAsync("segpipe", "stages", "d"));
    }

    [ToolFact("bash")]
    public async Task Options_of_the_command_are_completed_and_no_others()
    {
        Assert.Equal(["--window", "--workers"], await CompleteAsync("segpipe", "run", "x.yaml", "--w"));
        Assert.Empty(await CompleteAsync("segpipe", "verify", "x", "--w"));
        Assert.Contains("--version", await CompleteAsync("segpipe", "--v"));
    }

    [ToolFact("bash")]
    public async Task Stages_are_completed_by_name()
    {
        string[] stages = await CompleteAsync("segpipe", "stages", "describe", "read.c");
        Assert.Equal(["read.coco", "read.coco_panoptic"], stages);
        Assert.Equal(StageCatalog.Default.Stages.Count,
            (await CompleteAsync("segpipe", "stages", "describe", "")).Length);
    }

    [ToolFact("bash")]
    public async Task Where_a_pipeline_is_meant_pipelines_and_folders_are_offered()
    {
        Assert.Equal(["a.yaml", "b.yml", "odd name.yaml", "sub"], await CompleteAsync("segpipe", "run", ""));
        Assert.Equal(["sub/c.yaml"], await CompleteAsync("segpipe", "check", "sub/"));
    }

    [ToolFact("bash")]
    public async Task Words_of_an_option_are_completed_and_files_where_it_takes_any()
    {
        Assert.Equal(["mermaid"], await CompleteAsync("segpipe", "graph", "a.yaml", "--format", "m"));
        Assert.Equal(["notes.txt"], await CompleteAsync("segpipe", "run", "a.yaml", "--to", "no"));
        Assert.Empty(await CompleteAsync("segpipe", "run", "a.yaml", "--workers", ""));
        Assert.Equal(["bash", "zsh"], await CompleteAsync("segpipe", "completion", ""));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    public async Task Every_command_and_option_is_in_the_script(string shell)
    {
        CliRun run = await CliRun.InAsync(_temp.Path, "completion", shell);
        Assert.Equal(0, run.ExitCode);
        foreach (var command in Segpipe.Root(CliRun.Captured()).Subcommands.Where(c => !c.Hidden))
        {
            Assert.Contains($"'|{command.Name}')", run.Out, StringComparison.Ordinal);
            foreach (var option in command.Options.Where(o => !o.Hidden))
                Assert.Contains(option.Name, run.Out, StringComparison.Ordinal);
        }
    }

    [ToolFact("zsh")]
    public async Task The_script_for_zsh_is_zsh()
    {
        CliRun run = await CliRun.InAsync(_temp.Path, "completion", "zsh");
        Assert.Equal("", Shell("zsh", "-n", _temp.Write("completion.zsh", run.Out)));
    }

    private async Task<string[]> CompleteAsync(params string[] words)
    {
        CliRun run = await CliRun.InAsync(_temp.Path, "completion", "bash");
        using var scripts = new TempFolder();
        string script = scripts.Write("completion.bash", run.Out + """
            COMP_WORDS=("$@")
            COMP_CWORD=$(($# - 1))
            _segpipe segpipe "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            printf '%s\n' "${COMPREPLY[@]}"
            complete -p segpipe >/dev/null
            """);
        string output = Shell("bash", [script, .. words]);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    private string Shell(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _temp.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 && errors.Result.Length == 0, errors.Result);
        return output;
    }
}
