using System.Text;
using SegPipeline.Cli.Output;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Drafts;

/// <summary>Writes a draft as a commented pipeline file.</summary>
internal static class PipelineText
{
    private const int LongestName = 100;

    /// <summary>The text of the file.</summary>
    public static string Of(PipelineDraft draft) => string.Concat(Lines(draft).Select(line => line + "\n"));

    /// <summary>A name that a pipeline can have, made of the name of a file.</summary>
    public static string NameOf(string path)
    {
        var name = new StringBuilder();
        foreach (char c in Path.GetFileNameWithoutExtension(path))
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-');
        string trimmed = name.ToString().TrimStart('.', '-', '_');
        return trimmed.Length == 0 ? "pipeline" : trimmed[..Math.Min(trimmed.Length, LongestName)];
    }

    private static IEnumerable<string> Lines(PipelineDraft draft)
    {
        string file = ShellWord.Quoted(Path.GetFileName(draft.File)), doc = Doc(draft);
        yield return $"# {doc}.";
        yield return "#";
        yield return $"#   segpipe check {file} --inputs    what is wrong with it, and what is in the data";
        yield return $"#   segpipe plan {file}              what would be read and drawn";
        yield return $"#   segpipe run {file}               makes the release";
        yield return "segpipe: 1";
        yield return "name: " + NameOf(draft.Release);
        yield return "doc: " + doc;
        foreach (string line in Draws(draft)) yield return line;
        yield return "";
        yield return
            "# Each stage takes its samples from the one above, 'from:' names others; 'segpipe stages' lists all.";
        yield return "# Paths are relative to this file.";
        yield return "stages:";
        foreach (DraftStage stage in new DraftStages(draft).All())
        {
            if (stage.Comment.Length > 0) yield return $"  # {stage.Comment}.";
            yield return $"  {stage.Name}: {{ {stage.Yaml} }}";
        }
        yield return "";
        yield return "# The folder that the release takes, whole or not at all.";
        yield return $"release: {{ to: {StageText.Path(draft.Release, Path.GetDirectoryName(draft.File)!)} }}";
    }

    private static string Doc(PipelineDraft draft)
    {
        string from = draft.Input.Dataset.Format;
        string parts = draft.ConvertedParts.Length > 1
            ? $", in parts ({string.Join(", ", draft.ConvertedParts.Select(p => p.Name))})"
            : "";
        string to = draft.Conversion is { Target.Format: var format } && format != from ? $" as {format}" : "";
        return draft.Task switch
        {
            PipelineTask.Subset => $"A random, reproducible subset of a {from} dataset{to}",
            PipelineTask.Split =>
                $"A {from} dataset{to}, divided into {string.Join(", ", draft.Parts.Select(p => p.Name))}",
            PipelineTask.Generate => $"Generated scenes with photos and exact masks{to}",
            PipelineTask.Score => $"How well predictions fit a {from} dataset",
            PipelineTask.Merge => $"The union of a {from} and a {draft.Other!.Dataset.Format} dataset{to}",
            _ => (to.Length == 0 ? $"{from} written anew" : from + to) + parts,
        };
    }

    private static IEnumerable<string> Draws(PipelineDraft draft)
    {
        if (draft.Task is not (PipelineTask.Subset or PipelineTask.Split or PipelineTask.Generate)) yield break;
        yield return "";
        yield return "# The same seed draws the same samples on every machine, whatever their order.";
        yield return FormattableString.Invariant($"seed: {draft.Seed}");
        if (draft.Task == PipelineTask.Split) yield break;
        yield return "";
        yield return "# What may change from run to run: --set size=100.";
        yield return "params:";
        yield return FormattableString.Invariant(
            $"  size: {{ int: {draft.Count}, min: 1, doc: how many samples there will be }}");
    }
}
