using System.CommandLine;
using SegPipeline.Cli.Converting;
using SegPipeline.Cli.Output;
using SegPipeline.Detection;
using SegPipeline.Inspection;
using SegPipeline.Reports.Gallery;
using SegPipeline.Reports.Page;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe inspect</c>: what is in a dataset, and what is suspicious about it.</summary>
internal sealed class InspectCommand
{
    private readonly Terminal _terminal;

    private readonly DatasetInput _input;

    private readonly Option<bool> _photos = new("--photos")
    {
        Description = "read the headers of photos too: missing ones, exchanged sizes",
    };

    private readonly Option<bool> _json = new("--json") { Description = "tell everything as one JSON object" };

    private readonly Option<string?> _html = new("--html")
    {
        Description = "write a report with charts and pictures into this file too",
        HelpName = "file",
    };

    private InspectCommand(Command command, Terminal terminal)
    {
        _terminal = terminal;
        _input = DatasetInput.AddTo(
            command, terminal, "path", "a dataset's file or folder, a release, or a pipeline file");
        foreach (Option option in (Option[])[_photos, _json, _html]) command.Add(option);
        command.SetAction(async (parsed, cancel) => (int)await RunAsync(parsed, cancel).ConfigureAwait(false));
    }

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("inspect", "count what is in a dataset, and find what is suspicious about it");
        _ = new InspectCommand(command, terminal);
        return command;
    }

    private async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        string path = _input.PathOf(parsed);
        string? html = parsed.GetValue(_html);
        if (html is not null && !Directory.Exists(Path.GetDirectoryName(_terminal.Resolve(html))))
        {
            _terminal.WriteError("", $"the folder of '{html}' does not exist");
            return ExitCode.Usage;
        }
        if (html is not null && Directory.Exists(_terminal.Resolve(html)))
        {
            _terminal.WriteError("", $"--html takes a file, and '{html}' is a folder");
            return ExitCode.Usage;
        }
        DetectedDataset dataset = _input.Detect(parsed);
        if (parsed.GetValue(_photos) && dataset.Reader is { } reader && PhotoChoice.MissingKey(reader) is { } key)
        {
            _terminal.WriteError(path, $"--photos has none to look at; give their folder with --read {key}=FOLDER");
            return ExitCode.BadData;
        }
        InspectedDataset found = await DatasetInspection.RunAsync(
            Path.GetFileName(_terminal.Resolve(path).TrimEnd('/')),
            dataset.GraphInto,
            parsed.GetValue(_photos) ? PhotoLook.Headers : PhotoLook.None,
            html is null ? 0 : GalleryDrawing.MostPictures,
            cancel).ConfigureAwait(false);
        found = found with
        {
            Report = found.Report with
            {
                Description = $"What segpipe inspect found in {path}, read as {dataset.Format}.",
                Facts = [("read as", $"{dataset.Format}: {dataset.Why}"), ("made by", $"segpipe {Segpipe.Version}")],
            },
        };
        if (html is not null) await WriteAsync(_terminal.Resolve(html), ReportPage.Text(found.Report), cancel)
            .ConfigureAwait(false);
        if (parsed.GetValue(_json)) InspectionJson.Write(_terminal.Out, path, dataset.Format, found);
        else InspectionTables.Write(_terminal.Out, path, $"{dataset.Format}, {dataset.Why}", found);
        return ExitCode.Ok;
    }

    private static async Task WriteAsync(string file, string text, CancellationToken cancel)
    {
        string unfinished = file + ".partial";
        await File.WriteAllTextAsync(unfinished, text, cancel).ConfigureAwait(false);
        File.Move(unfinished, file, overwrite: true);
    }
}
