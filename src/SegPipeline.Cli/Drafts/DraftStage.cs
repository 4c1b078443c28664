namespace SegPipeline.Cli.Drafts;

/// <summary>A stage of a pipeline file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Yaml">What stands behind the name, without the braces around.</param>
/// <param name="Comment">What is said of it in the line above, as sentences without the last full stop; empty for
/// nothing.</param>
internal sealed record DraftStage(string Name, string Yaml, string Comment = "");
