using System.CommandLine;
using SegPipeline.Cli.Output;
using SegPipeline.Comparison;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe diff</c>: tells how two releases differ.</summary>
internal static class DiffCommand
{
    private const int UsuallyShown = 5;

    // As diff of POSIX has it; 2 and above are trouble.
    private const int Differs = 1;

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var before = new Argument<string>("before") { Description = "folder of a release" };
        var after = new Argument<string>("after") { Description = "folder of another release, or of a later version" };
        var show = new Option<int>("--show")
        {
            Description = "how many changes of each kind to name; all are counted",
            HelpName = "number",
            DefaultValueFactory = _ => UsuallyShown,
        };
        show.Validators.Add(result =>
        {
            if (result.Tokens is [var word] && !(int.TryParse(word.Value, out int number) && number >= 0))
                result.AddError($"--show takes a number from 0 on, found '{word.Value}'");
        });
        var json = new Option<bool>("--json") { Description = "tell everything as one JSON object" };
        var command = new Command("diff",
            "tell how two releases differ: settings, files, images, annotations; " +
            "exit code 0 when they are equal, 1 when they are not")
        {
            before, after, show, json,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(Compare(
            Folder(parsed.GetRequiredValue(before), terminal), Folder(parsed.GetRequiredValue(after), terminal),
            parsed.GetValue(show), parsed.GetValue(json), terminal, cancel)));
        return command;
    }

    private static InputPath Folder(string text, Terminal terminal) =>
        new(Path.TrimEndingDirectorySeparator(text), Path.TrimEndingDirectorySeparator(terminal.Resolve(text)));

    private static int Compare(
        InputPath before, InputPath after, int show, bool asJson, Terminal terminal, CancellationToken cancel)
    {
        ReleaseDifference difference = ReleaseComparison.Compare(before, after, show, cancel);
        if (asJson) DifferenceJson.Write(difference, terminal.Out);
        else new DifferenceText(terminal.Out).Write(before.Text, after.Text, difference);
        return difference.IsEmpty ? (int)ExitCode.Ok : Differs;
    }
}
