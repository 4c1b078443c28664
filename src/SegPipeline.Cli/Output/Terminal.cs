namespace SegPipeline.Cli.Output;

/// <summary>Where a command writes to, and what it may take for granted there.</summary>
/// <param name="Out">What was asked for.</param>
/// <param name="Error">Messages and progress.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error)
{
    private const int UsualWidth = 80;

    /// <summary>True when a person watches <see cref="Error"/>: a line may be drawn over.</summary>
    public bool IsWatched { get; init; }

    /// <summary>What a person types.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>True when a person watches <see cref="Error"/> and types into <see cref="In"/>: questions can be
    /// asked.</summary>
    public bool IsAnswered { get; init; }

    /// <summary>True when <see cref="Error"/> may be coloured.</summary>
    public bool HasColours { get; init; }

    /// <summary>Width of a line in characters, as wide as it is now.</summary>
    public Func<int> WidthChars { get; init; } = () => UsualWidth;

    /// <summary>Tells the time: for progress and the record of a run, never for a result.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Folder that relative paths on the command line are relative to.</summary>
    public string CurrentFolder { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>The value of a variable of the environment; null when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess()
    {
        string? kind = Environment.GetEnvironmentVariable("TERM");
        bool canDraw = OperatingSystem.IsWindows() || kind is not (null or "dumb");
        bool watched = canDraw && !Console.IsErrorRedirected;
        return new Terminal(Console.Out, Console.Error)
        {
            IsWatched = watched,
            In = Console.In,
            IsAnswered = watched && !Console.IsInputRedirected,
            // https://no-color.org: any value but the empty one switches colours off.
            HasColours = watched && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            WidthChars = watched ? WindowWidth : () => UsualWidth,
        };
    }

    /// <summary>A path as short as it can be told, relative to the current folder or in full.</summary>
    public string Shorten(string path)
    {
        if (!Path.IsPathRooted(path)) return path;
        string relative = Path.GetRelativePath(CurrentFolder, path);
        return relative.Length < path.Length ? relative : path;
    }

    /// <summary>The full path of what the user named.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, CurrentFolder);

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : UsualWidth;
        }
        catch (IOException)
        {
            // Windows asks the standard output, which need not be a terminal.
            return UsualWidth;
        }
    }
}
