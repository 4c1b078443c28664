namespace SegPipeline.Stages;

/// <summary>
/// A file or folder that a stage reads. In YAML it is a path relative to the pipeline file, and must exist when the
/// pipeline is run.
/// </summary>
/// <param name="Text">As written, after parameters were put in.</param>
/// <param name="FullPath">The absolute path.</param>
public sealed record InputPath(string Text, string FullPath)
{
    /// <summary>A path given outside YAML, e.g. in a test or on the command line.</summary>
    public static InputPath Of(string path) => new(path, Path.GetFullPath(path));

    /// <summary>The path of a file or folder in this folder.</summary>
    public InputPath Below(ReleaseName name) =>
        new(Path.Combine(Text, name.Value), Path.GetFullPath(name.Value, FullPath));

    /// <inheritdoc/>
    public override string ToString() => Text;
}
