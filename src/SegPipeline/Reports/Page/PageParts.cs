namespace SegPipeline.Reports.Page;

/// <summary>The parts of a page that are files of their own in the sources.</summary>
internal static class PageParts
{
    /// <summary>How it looks.</summary>
    public static string Style { get; } = Read("report.css");

    /// <summary>What draws its charts.</summary>
    public static string Script { get; } = Read("report.js");

    /// <summary>Chart.js, with its licence in its first lines.</summary>
    public static string ChartLibrary { get; } = Read("chart.umd.min.js");

    private static string Read(string name)
    {
        using Stream stream = typeof(PageParts).Assembly.GetManifestResourceStream("SegPipeline.Report." + name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().TrimEnd();
    }
}
