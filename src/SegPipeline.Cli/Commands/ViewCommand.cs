using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using SegPipeline.Cli.Output;
using SegPipeline.Viewer;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Cli.Commands;

/// <summary><c>segpipe view</c>: shows a dataset in the browser, or two side by side.</summary>
internal static class ViewCommand
{
    private const int GreatestPort = 65535;
    private static readonly string[] Displays = ["DISPLAY", "WAYLAND_DISPLAY"];

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var paths = new Argument<string[]>("paths")
        {
            Description = "a dataset, or a pipeline file to see what it reads; or two versions, to compare them side " +
                "by side",
            Arity = new ArgumentArity(1, 2),
        };
        var port = new Option<int>("--port")
        {
            Description = "port to listen on instead of any that is free",
            HelpName = "number",
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count == 0 || result.Errors.Any()) return;
            if (result.GetValueOrDefault<int>() is < 1 or > GreatestPort)
                result.AddError($"--port takes a number from 1 to {GreatestPort}, found '{result.Tokens[0].Value}'");
        });
        var noOpen = new Option<bool>("--no-open") { Description = "only print the address, open no browser" };
        var stage = new Option<string?>("--stage")
        {
            Description = "of a pipeline file, the reader to look at instead of its first",
            HelpName = "name",
        };
        var command = new Command("view", "look at a dataset in the browser: pictures, masks, videos, differences")
        {
            paths, stage, port, noOpen,
        };
        var input = DatasetInput.AddOptionsTo(command, terminal);
        command.SetAction(async (parsed, cancel) =>
        {
            var datasets = Open(parsed.GetRequiredValue(paths),
                path => ViewedInput.Open(path, terminal.Resolve(path), parsed.GetValue(stage),
                    () => input.Detect(parsed, path)));
            bool opens = !parsed.GetValue(noOpen) && terminal.IsWatched;
            return (int)await ShowAsync(datasets, parsed.GetValue(port), opens, terminal, cancel)
                .ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<ExitCode> ShowAsync(
        List<ViewedDataset> datasets, int port, bool opens, Terminal terminal, CancellationToken cancel)
    {
        DatasetViewer viewer;
        try
        {
            viewer = await DatasetViewer.StartAsync(datasets, port).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            foreach (ViewedDataset dataset in datasets) dataset.Dispose();
            terminal.WriteError("",
                $"port {port} cannot be listened on: {e.Message}; choose another, or leave --port out");
            return ExitCode.Temporary;
        }
        await using (viewer.ConfigureAwait(false))
        {
            terminal.Out.WriteLine(viewer.Address);
            terminal.Error.WriteLine("Ctrl-C ends it.");
            if (opens) TryOpen(viewer.Address);
            await Task.Delay(Timeout.Infinite, cancel).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)
                .ConfigureAwait(false);
        }
        return ExitCode.Ok;
    }

    private static List<ViewedDataset> Open(string[] paths, Func<string, ViewedDataset> open)
    {
        var datasets = new List<ViewedDataset>();
        try
        {
            foreach (string path in paths) datasets.Add(open(path));
            return datasets;
        }
        catch
        {
            foreach (ViewedDataset dataset in datasets) dataset.Dispose();
            throw;
        }
    }

    /// <summary>Asks the desktop to show the page; where there is none, the address that was printed must do.</summary>
    private static void TryOpen(Uri address)
    {
        bool hasDisplay = Displays
            .Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));
        if (!hasDisplay) return;
        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo("xdg-open", [address.ToString()])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (Win32Exception)
        {
            // There is no such program: nothing is lost, the address stands on the terminal.
        }
    }
}
