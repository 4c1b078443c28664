namespace SegPipeline.Tests.Support;

/// <summary>A test that compares with programs of the system; skipped, visibly, where one is absent.</summary>
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] tools) => Skip = Missing(tools);

    /// <summary>Says that a program is absent; null when all are there.</summary>
    public static string? Missing(string[] tools)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string? absent = Array.Find(tools, t => !Array.Exists(folders, f => File.Exists(Path.Combine(f, t))));
        return absent is null ? null : $"no {absent} on this system";
    }
}

/// <summary>The same for several cases.</summary>
internal sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(params string[] tools) => Skip = ToolFactAttribute.Missing(tools);
}
