using SegPipeline.Cli.Templates;
using SegPipeline.Pipelines;

namespace SegPipeline.Cli.Converting;

/// <summary>A conversion as a commented pipeline file.</summary>
/// <param name="File">Full path of the file; it need not be written.</param>
/// <param name="Release">Full path of the release.</param>
internal sealed record ConversionText(string File, string Release)
{
    /// <summary>How photos get into the release, a word of <see cref="PhotoChoice"/>.</summary>
    public string Photos { get; init; } = "none";

    /// <summary>Keys of the reader that the user gives.</summary>
    public IReadOnlyDictionary<string, string> ReaderKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>Keys of the writer that the user gives.</summary>
    public IReadOnlyDictionary<string, string> WriterKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>The text of the file.</summary>
    public string Write(Conversion conversion) => string.Concat(Lines(conversion).Select(line => line + "\n"));

    private IEnumerable<string> Lines(Conversion conversion)
    {
        string folder = Path.GetDirectoryName(File)!;
        string what = $"{conversion.Source.Format} as {conversion.Target.Format}";
        yield return $"# {what}; run with: segpipe run {Path.GetFileName(File)}";
        yield return "segpipe: 1";
        yield return "name: " + PipelineTemplate.NameOf(Release);
        yield return "doc: " + what;
        yield return "stages:";
        yield return $"  # Told by: {Printable(conversion.Source.Why)}.";
        yield return $"  dataset: {{ {ReaderText.Of(conversion.Source.Reader!, folder, ReaderKeys)} }}";
        foreach (ConversionStep step in conversion.Steps)
        {
            yield return $"  # {char.ToUpperInvariant(step.Why[0])}{step.Why[1..]}.";
            yield return $"  {step.Name}: {{ {step.Yaml} }}";
        }
        yield return $"  # Not kept: {conversion.Target.Loses}.";
        yield return $"  converted: {{ {Writer(conversion.Target)} }}";
        yield return $"release: {{ to: {StageText.Path(Release, folder)} }}";
    }

    private string Writer(ConversionTarget target)
    {
        IEnumerable<string> own = target.Keys.Split(", ").Append(PhotoChoice.Key(target, Photos) ?? "")
            .Where(k => k.Length > 0 && !WriterKeys.ContainsKey(k[..k.IndexOf(':', StringComparison.Ordinal)]));
        string all = string.Join(", ", own.Concat(WriterKeys.Select(k => $"{k.Key}: {k.Value}")));
        return all.Length == 0 ? $"write.{target.Format}: {{}}" : $"write.{target.Format}: {{ {all} }}";
    }

    private static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
