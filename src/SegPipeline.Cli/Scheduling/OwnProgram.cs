namespace SegPipeline.Cli.Scheduling;

/// <summary>How to start this very program once more.</summary>
internal static class OwnProgram
{
    /// <summary>The program with full path, and the words that come before its arguments: a program file of its own, or
    /// one that <c>dotnet</c> runs.</summary>
    public static IReadOnlyList<string> CommandLine
    {
        get
        {
            string? running = Environment.ProcessPath;
            string? name = Path.GetFileNameWithoutExtension(running);
            if (name == "segpipe") return [running!];
            string host = name == "dotnet" ? running! : InPath("dotnet");
            return [host, Path.Combine(AppContext.BaseDirectory, "segpipe.dll")];
        }
    }

    private static string InPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) ?? program;
}
