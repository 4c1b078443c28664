using System.Text;

namespace SegPipeline.Pipelines.Catalogs;

/// <summary>The stages as pages of documentation: everything that <c>segpipe stages describe</c> says.</summary>
public static class StageReference
{
    /// <summary>A Markdown document with a section for each stage.</summary>
    public static string Markdown(StageCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var text = new StringBuilder();
        foreach (var kind in catalog.Stages.GroupBy(s => s.Kind).OrderBy(g => g.Key))
        {
            IEnumerable<string> links = kind.Select(s => $"[`{s.Name}`](#{Anchor(s.Name)})");
            text.Append("- **").Append(Word(kind.Key)).Append("**: ").AppendJoin(", ", links).Append('\n');
        }
        foreach (StageEntry stage in catalog.Stages) Append(text, stage);
        return text.ToString();
    }

    private static void Append(StringBuilder text, StageEntry stage)
    {
        text.Append("\n## ").Append(stage.Name).Append('\n');
        text.Append('*').Append(Word(stage.Kind)).Append(".* ").Append(stage.Summary).Append('\n');
        if (stage.Keys.Count > 0) text.Append("\n| key | holds | unless given | meaning |\n|---|---|---|---|\n");
        foreach (StageKey key in stage.Keys) Append(text, key);
        if (stage.Ports is { Count: > 1 } ports)
            text.Append("\nPorts: ").AppendJoin(", ", ports.Select(p => $"`{p}`")).Append(".\n");
        if (stage.Example is { } example) text.Append("\n```yaml\n").Append(example).Append("\n```\n");
    }

    private static void Append(StringBuilder text, StageKey key)
    {
        string holds = key.Range.Length > 0 ? $"{key.Type} {key.Range}" : key.Type;
        string standard = key.IsRequired ? "**required**" : key.Default is { } value ? $"`{value}`" : "";
        string words = string.Concat(key.AllowedWords.Select(w =>
            w.Summary.Length > 0 ? $"<br>`{w.Word}`: {w.Summary}" : $"<br>`{w.Word}`"));
        string[] cells = [$"`{key.Name}`", holds, standard, key.Summary + words];
        text.Append("| ").AppendJoin(" | ", cells.Select(Cell)).Append(" |\n");
    }

    private static string Word(StageKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The anchor that a heading gets: dots are dropped.</summary>
    private static string Anchor(string name) => name.Replace(".", "", StringComparison.Ordinal);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
