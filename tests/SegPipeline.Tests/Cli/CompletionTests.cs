using System.Diagnostics;
using System.Globalization;
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

    /// <summary>What is typed, tabs included, and the words that segpipe is started with.</summary>
    public static TheoryData<string, string> Typed => new()
    {
        { "stag\tde\tread.kaggle_m\t", "stages|describe|read.kaggle_masks" },
        { "graph a\t --form\tmer\t", "graph|a.yaml|--format|mermaid" },
        { "check sub/\t", "check|sub/c.yaml" },
        { "check od\t", "check|odd name.yaml" },
        { "convert no\tout --to yo\t", "convert|notes.txt|out|--to|yolo" },
        { "convert notes.txt out --to=yo\t", "convert|notes.txt|out|--to=yolo" },
        { "inspect notes.txt --format pal\t", "inspect|notes.txt|--format|palette" },
        { "run a.yaml --set ann=no\t", "run|a.yaml|--set|ann=notes.txt" },
        { "export slu\ta.yaml --fold\tsu\t -n 2", "export|slurm|a.yaml|--folder|sub|-n|2" },
        { "run a.yaml --workers no\t", "run|a.yaml|--workers|no" },
    };

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

    [ToolTheory("bash", "script")]
    [MemberData(nameof(Typed))]
    public Task Key_presses_in_bash_complete(string typed, string words) => PressAsync(
        "bash", "bash --noprofile --rcfile {0} -i", "", typed, words);

    [ToolTheory("zsh", "script")]
    [MemberData(nameof(Typed))]
    public Task Key_presses_in_zsh_complete(string typed, string words) => PressAsync(
        "zsh", "zsh -i", "autoload -Uz compinit; compinit -u -D\n", typed, words);

    // A shell at a terminal of its own, in which segpipe tells the words that it was given, and ends the shell.
    private async Task PressAsync(string shell, string start, string beforehand, string typed, string words)
    {
        CliRun run = await CliRun.InAsync(_temp.Path, "completion", shell);
        using var settings = new TempFolder();
        string rc = settings.Write(".zshrc", $"""
            {beforehand}{run.Out}
            segpipe() {"{"} printf '%s|' "$@" > '{settings["words"]}'; exit; {"}"}
            """);
        await PseudoTerminal.TypeAsync(_temp.Path,
            new Dictionary<string, string> { ["ZDOTDIR"] = settings.Path, ["TERM"] = "xterm" },
            string.Format(CultureInfo.InvariantCulture, start, rc), "segpipe " + typed + "\n");
        string given = File.ReadAllText(settings["words"]).TrimEnd('|');
        Assert.Equal(words, given.Replace("/|", "|", StringComparison.Ordinal));
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
