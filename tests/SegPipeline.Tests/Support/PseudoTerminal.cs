using System.Diagnostics;

namespace SegPipeline.Tests.Support;

/// <summary>Programs at a pseudo-terminal, which <c>script</c> of util-linux makes: what is typed, and what is
/// seen.</summary>
internal static class PseudoTerminal
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command line of the shell until it ends.</summary>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="environment">Variables of the environment.</param>
    /// <param name="command">The command line.</param>
    /// <param name="typed">The keys that are pressed.</param>
    /// <returns>All that was shown, what was typed included, and the exit code.</returns>
    public static async Task<ToolRun> TypeAsync(
        string folder, IReadOnlyDictionary<string, string> environment, string command, string typed)
    {
        var start = new ProcessStartInfo("script", ["--quiet", "--return", "--command", command, "/dev/null"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> shown = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(typed);
        await process.StandardInput.FlushAsync();
        await process.WaitForExitAsync().WaitAsync(Longest);
        return new ToolRun(process.ExitCode, await shown, await error);
    }
}
