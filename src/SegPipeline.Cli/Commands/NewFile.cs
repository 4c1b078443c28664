namespace SegPipeline.Cli.Commands;

/// <summary>Writes files that must not take the place of others unasked.</summary>
internal static class NewFile
{
    /// <summary>True when a file may be written: it is not there, it says the same, or the user lets it be
    /// replaced.</summary>
    public static bool MayWrite(string path, string text, bool overwrite) =>
        !Path.Exists(path) || (File.Exists(path) && (overwrite || File.ReadAllText(path) == text));

    /// <summary>Writes it, and the folders it lies in.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
