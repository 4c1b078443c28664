using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Engine;
using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Pipelines.Graphs;
using SegPipeline.Pipelines.Resolving;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Pipelines.Testing;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines;

/// <summary>Turns the tree of one pipeline file into a graph, gathering problems on the way.</summary>
internal sealed class PipelineLoader
{
    private const int Format = 1;
    private readonly string _file;
    private readonly DocumentFile _document;
    private readonly LoadOptions _options;
    private readonly ProblemList _problems;
    private readonly PathScope _paths;
    private readonly PipelineParameters _parameters;
    private readonly Substitution _substitution;
    private readonly IReadOnlyDictionary<string, Macro?> _macros;
    private readonly bool _mayLackMacros;

    /// <summary>Takes a file, and reads the parameters and macros of it and of all it includes.</summary>
    public PipelineLoader(string file, DocumentFile document, LoadOptions options, ProblemList problems)
    {
        _file = file;
        _document = document;
        _options = options;
        _problems = problems;
        _paths = new PathScope(file);
        var includes = new IncludeReader(problems);
        IReadOnlyList<DocumentFile> files = includes.Follow(document, file);
        _parameters = PipelineParameters.Read(files, options, problems);
        _substitution = new Substitution(_parameters.ByName, problems)
        {
            MayLackParameters = includes.AnyIsUnreadable || files.Any(f => f.MayLack("params")),
        };
        _mayLackMacros = includes.AnyIsUnreadable || files.Any(f => f.MayLack("define"));
        _macros = ReadMacros(files);
    }

    /// <summary>Loads the pipeline.</summary>
    public LoadedPipeline Load()
    {
        BoundValue? header = Bind<HeaderSection>(HeaderMap(), "the pipeline");
        CheckFormat();
        Located<string>? name = HeaderText("name");
        CheckName(name);
        CheckDate(HeaderText("published"));
        BoundValue? chunks = BindSection<ChunkSection>("chunks");
        IReadOnlyList<StageDraft> drafts = ReadStages();
        BoundValue? release = BindRelease(drafts);
        var linked = GraphLinker.Link(drafts, _problems);
        ImmutableArray<PipelineTest> tests = ReadTests(drafts);
        var loaded = new LoadedPipeline
        {
            File = _file,
            Name = name?.Value ?? Path.GetFileNameWithoutExtension(_file),
            Parameters = _parameters.Listed,
            EnvironmentRead = _parameters.EnvironmentRead,
            InputPaths = _paths.Named,
            Places = drafts.DistinctBy(d => d.Name).ToDictionary(d => d.Name, d => d.Place),
            Problems = _problems.Sorted(),
            Tests = _problems.Count == 0 ? tests : [],
        };
        if (loaded.Problems.Count > 0 || linked is null || header is null) return loaded;
        return WithGraph(loaded, header, chunks!, release, linked.Value.Nodes, linked.Value.Drafts);
    }

    private LoadedPipeline WithGraph(
        LoadedPipeline loaded,
        BoundValue header,
        BoundValue chunks,
        BoundValue? release,
        ImmutableArray<GraphNode> nodes,
        ImmutableArray<StageDraft> drafts)
    {
        var said = (HeaderSection)header.Value!;
        var limits = (ChunkSection)chunks.Value!;
        var sections = new List<YamlEntry> { new(YamlScalar.OfText(default, "chunks"), chunks.Resolved) };
        if (release is not null) sections.Add(new(YamlScalar.OfText(default, "release"), release.Resolved));
        YamlMap tree = ResolvedPipeline.Tree(
            (YamlMap)header.Resolved, sections, _parameters.Places, _paths, nodes, drafts);
        return loaded with
        {
            Graph = new PipelineGraph(said.Name, said.Seed, nodes)
            {
                ChunkLimits = new ChunkLimits(limits.Samples, limits.Bytes),
            },
            Doc = said.Doc,
            ReleaseFolder = ReleaseFolder(release?.Value as ReleaseSection),
            HasReport = (release?.Value as ReleaseSection)?.Report ?? true,
            ResolvedYaml = YamlEmitter.Write(tree),
            ConfigDigest = ResolvedPipeline.Digest(tree),
            Metadata = new PipelineMetadata
            {
                Title = said.Title,
                Description = said.Description,
                Version = said.Version,
                Creators = said.Creators,
                Publisher = said.Publisher,
                Published = said.Published,
                Keywords = said.Keywords,
                License = said.License,
                Citation = said.Citation,
                Homepage = said.Homepage,
            },
        };
    }

    private string? ReleaseFolder(ReleaseSection? release) =>
        _options.ReleaseTo is { } to ? Path.GetFullPath(to)
        : release is null ? null
        : _paths.Resolve(release.To.Value, release.To.Place).FullPath;

    private YamlMap HeaderMap()
    {
        string[] keys = [.. new RecordShape(typeof(HeaderSection)).Keys.Select(k => k.Name)];
        return new YamlMap(_document.Root.Place, [.. _document.Root.Entries.Where(e => keys.Contains(e.Key.Text))]);
    }

    // By itself, so that what is wrong with another key hides nothing; a problem found twice counts once.
    private Located<string>? HeaderText(string key) => _document.Root.Find(key)?.Value is { } node
        ? new LocatedShape(typeof(Located<string>), new TextShape()).Bind(_substitution.Apply(node),
            new BindScope($"'{key}' of the pipeline", _problems, _paths))?.Value as Located<string>
        : null;

    private void CheckFormat()
    {
        if (_document.Root.Find("segpipe")?.Value is not YamlScalar { Form: ScalarForm.Whole } format) return;
        if (CoreSchema.ToWhole(format.Text) != Format)
            _problems.Add(format.Place, $"the file is of format {format.Text}, and this program reads format {Format}");
    }

    private void CheckName(Located<string>? written)
    {
        if (written is not { Value: var name }) return;
        if (name.Length is 0 or > 100 || !char.IsAsciiLetterOrDigit(name[0]) ||
            !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            _problems.Add(written.Place, $"'{name}' cannot be the name of a pipeline",
                "use letters, digits, dots, hyphens and underscores");
    }

    private void CheckDate(Located<string>? written)
    {
        if (written is not { Value: var day }) return;
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            _problems.Add(written.Place, $"'published' must be a day, found '{day}'", "write it as 2026-11-28");
    }

    private Dictionary<string, Macro?> ReadMacros(IReadOnlyList<DocumentFile> files)
    {
        var macros = new Dictionary<string, Macro?>(StringComparer.Ordinal);
        foreach (YamlEntry entry in files.SelectMany(f => f.EntriesOf("define", _problems)))
            if (!macros.TryAdd(entry.Key.Text, Macro.Read(entry, _substitution, _problems)))
                _problems.Add(entry.Key.Place, $"the macro '{entry.Key.Text}' is defined twice");
        return macros;
    }

    private IReadOnlyList<StageDraft> ReadStages()
    {
        IReadOnlyList<YamlEntry> stages = _document.EntriesOf("stages", _problems);
        YamlNode? section = _document.Root.Find("stages")?.Value;
        bool isEmpty = section is null or YamlMap { Entries.Length: 0 } or YamlScalar { Form: ScalarForm.Null };
        if (isEmpty && !_document.Misspelt.Contains("stages"))
            _problems.Add(section?.Place ?? _document.Root.Place, "the pipeline has no stages",
                "add a reader under 'stages', e.g. photos: { read.synthetic: { count: 10 } }");
        var reader = new DraftReader(_options.Catalog, _macros, _problems, _paths) { MayLackMacros = _mayLackMacros };
        return reader.Read(stages, _substitution);
    }

    private ImmutableArray<PipelineTest> ReadTests(IReadOnlyList<StageDraft> drafts)
    {
        YamlNode? section = _document.Root.Find("tests")?.Value;
        return new TestReader(drafts, _problems, _paths).Read(section is null ? null : _substitution.Apply(section));
    }

    private BoundValue? BindRelease(IReadOnlyList<StageDraft> drafts)
    {
        bool writes = drafts.Any(d => d.Entry?.Kind == StageKind.Writer);
        if (_document.Root.Find("release") is not null)
        {
            BoundValue? release = BindSection<ReleaseSection>("release");
            if (release?.Value is ReleaseSection { To: var to } && !PathScope.IsPath(to.Value))
                _problems.Add(to.Place, "'to' of 'release' must be a path");
            return release;
        }
        if (writes && _options.ReleaseTo is null && !_document.Misspelt.Contains("release"))
            _problems.Add(_document.Root.Place, "the pipeline writes files and does not say where",
                "add a section, e.g. release: { to: ../releases/name }");
        return null;
    }

    private BoundValue? BindSection<T>(string name) => Bind<T>(
        _document.Root.Find(name)?.Value ?? new YamlMap(_document.Root.Place, []), $"'{name}'");

    private BoundValue? Bind<T>(YamlNode node, string what)
    {
        var scope = new BindScope(what, _problems, _paths) { Misspelt = _document.Misspelt };
        return new RecordShape(typeof(T)).Bind(_substitution.Apply(node), node.Place, scope);
    }
}
