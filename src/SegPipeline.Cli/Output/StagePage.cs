using SegPipeline.Pipelines.Catalogs;

namespace SegPipeline.Cli.Output;

/// <summary>The help page of a stage.</summary>
internal static class StagePage
{
    private const int WidthChars = 90;

    /// <summary>Writes the page.</summary>
    public static void Write(StageEntry stage, TextWriter target)
    {
        target.WriteLine($"{stage.Name}  ({stage.Kind.ToString().ToLowerInvariant()})");
        WriteWrapped(target, stage.Summary, "  ");
        if (stage.Keys.Count > 0) target.WriteLine("\nkeys:");
        foreach (StageKey key in stage.Keys) WriteKey(target, key);
        if (stage.Ports.Count > 0) target.WriteLine($"\nports: {string.Join(", ", stage.Ports)}");
        if (stage.Example is not { } example) return;
        target.WriteLine("\nexample:");
        foreach (string line in example.Split('\n')) target.WriteLine("  " + line);
    }

    private static void WriteKey(TextWriter target, StageKey key)
    {
        string range = key.Range.Length > 0 ? " " + key.Range : "";
        string state = key.IsRequired ? "required" : key.Default is { } standard ? "default " + standard : "optional";
        target.WriteLine($"  {key.Name}: {key.Type}{range}; {state}");
        WriteWrapped(target, key.Summary, "      ");
        foreach (var (word, summary) in key.AllowedWords)
            WriteWrapped(target, summary.Length > 0 ? $"{word}: {summary}" : word, "      - ");
    }

    private static void WriteWrapped(TextWriter target, string text, string indent)
    {
        string line = indent;
        bool isEmpty = true;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > WidthChars)
            {
                target.WriteLine(line);
                line = new string(' ', indent.Length);
                isEmpty = true;
            }
            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }
        if (!isEmpty) target.WriteLine(line);
    }
}
