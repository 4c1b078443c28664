using System.Collections.Immutable;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Documents;

/// <summary>The parameters of a pipeline and of the files it includes.</summary>
internal sealed class PipelineParameters
{
    private readonly SortedDictionary<string, string?> _environment = new(StringComparer.Ordinal);
    private readonly ParameterReader _reader;

    private PipelineParameters(LoadOptions options, ProblemList problems) =>
        _reader = new ParameterReader(problems, "parameter")
        {
            Environment = name => _environment[name] = options.Environment(name),
        };

    /// <summary>The parameters; null for one that is no use, which has been reported.</summary>
    public IReadOnlyDictionary<string, Parameter?> ByName => _reader.Parameters;

    /// <summary>The variables that were read.</summary>
    public ImmutableSortedDictionary<string, string?> EnvironmentRead =>
        _environment.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The parameters that name places on disk.</summary>
    public IReadOnlyList<Parameter> Places => [.. Usable.Where(p => p.Kind == ParameterKind.Path)];

    /// <summary>The parameters as users see them.</summary>
    public ImmutableArray<PipelineParameter> Listed => [.. Usable.Select(p =>
        new PipelineParameter(p.Name, p.Kind, p.Value.Text, RecordedOf(p), p.Declaration.Doc))];

    private IEnumerable<Parameter> Usable => ByName.Values.OfType<Parameter>();

    /// <summary>Reads the parameters of files, included ones first.</summary>
    public static PipelineParameters Read(
        IReadOnlyList<DocumentFile> files, LoadOptions options, ProblemList problems)
    {
        var parameters = new PipelineParameters(options, problems);
        foreach (YamlEntry entry in files.SelectMany(f => f.EntriesOf("params", problems)))
        {
            GivenValue? given = options.Set.TryGetValue(entry.Key.Text, out string? text)
                ? new GivenValue(YamlScalar.OfPlain(entry.Key.Place, text), options.SetFolder)
                : null;
            parameters._reader.Read(entry, given);
        }
        ReportUnknown(files[^1], options, parameters, problems);
        return parameters;
    }

    private static void ReportUnknown(
        DocumentFile pipeline, LoadOptions options, PipelineParameters parameters, ProblemList problems)
    {
        YamlNode? section = pipeline.Root.Find("params")?.Value;
        if (section is YamlUnreadable) return;
        var unknown = options.Set.Keys.Where(name => !parameters.ByName.ContainsKey(name));
        foreach (string name in unknown.Order(StringComparer.Ordinal))
            problems.Add(section?.Place ?? pipeline.Root.Place, $"--set names a parameter '{name}' that is not there",
                DidYouMean.HintOrList(name, [.. parameters.ByName.Keys]));
    }

    private static string RecordedOf(Parameter parameter)
    {
        if (parameter.Kind != ParameterKind.Path) return parameter.Value.Text;
        YamlScalar? written = parameter.Declaration.Value ?? parameter.Declaration.Default;
        return written?.Template ?? written?.Text ?? "";
    }
}
