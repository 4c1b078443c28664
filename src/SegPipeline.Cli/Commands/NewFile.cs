namespace SegPipeline.Cli.Commands;

/// <summary>Writes files that must not take the place of others unasked.</summary>
internal static class NewFile
{
    /// <summary>What a user is told whose file or folder stays as it is.</summary>
    public static string RefusalOf(string path) => Directory.Exists(path)
        ? "there is a folder of this name; choose another name"
        : "the file is there already; choose another name, or give --force";

    /// <summary>True when a file may be written: it is not there, it says the same, or the user lets it be
    /// replaced.</summary>
    public static bool MayWrite(string path, string text, bool force) =>
        !Path.Exists(path) || (File.Exists(path) && (force || File.ReadAllText(path) == text));

    /// <summary>Writes it, and the folders it lies in.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
