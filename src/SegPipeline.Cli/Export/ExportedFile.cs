namespace SegPipeline.Cli.Export;

/// <summary>A script or manifest.</summary>
/// <param name="Name">Its name within the folder of the export.</param>
/// <param name="Text">What is in it; lines end with <c>\n</c>.</param>
internal sealed record ExportedFile(string Name, string Text)
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>True for a script that is started by hand.</summary>
    public bool IsScript => Name.EndsWith(".sh", StringComparison.Ordinal);

    /// <summary>Writes it, over what is there.</summary>
    public void Write(string folder)
    {
        string path = Path.Combine(folder, Name);
        File.WriteAllText(path, Text);
        if (IsScript && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Executable);
    }
}
