namespace SegPipeline.Tests.Support;

/// <summary>A test that compares with a program of the system; skipped, visibly, where it is absent.</summary>
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(string tool)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Skip = Array.Exists(folders, f => File.Exists(Path.Combine(f, tool))) ? null : $"no {tool} on this system";
    }
}
