using System.Text;

namespace SegPipeline.Pipelines.Catalogs;

/// <summary>The stages as a table for documentation.</summary>
public static class StageTable
{
    private const int MostKeys = 6;

    /// <summary>A Markdown table: name, kind, main keys (required ones in bold), what the stage does.</summary>
    public static string Markdown(StageCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var text = new StringBuilder("| stage | kind | main keys | what it does |\n|---|---|---|---|\n");
        foreach (StageEntry stage in catalog.Stages)
        {
            string kind = stage.Kind.ToString().ToLowerInvariant();
            string[] cells = [$"`{stage.Name}`", kind, KeysOf(stage), Cell(FirstSentence(stage.Summary))];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }
        return text.ToString();
    }

    private static string KeysOf(StageEntry stage)
    {
        StageKey[] keys = [.. stage.Keys.OrderBy(k => k.IsRequired ? 0 : 1).Take(MostKeys)];
        string list = string.Join(", ", keys.Select(k => k.IsRequired ? $"**{k.Name}**" : k.Name));
        return stage.Keys.Count > MostKeys ? list + ", ..." : list;
    }

    private static string FirstSentence(string summary)
    {
        int end = summary.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? summary : summary[..end]).TrimEnd('.');
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
