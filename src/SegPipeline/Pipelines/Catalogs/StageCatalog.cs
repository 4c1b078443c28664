using System.Reflection;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Catalogs;

/// <summary>All stages there are, found by their <see cref="StageAttribute"/>.</summary>
public sealed class StageCatalog
{
    private static readonly Lazy<StageCatalog> OwnStages = new(() => OfAssemblies(typeof(Stage).Assembly));
    private readonly Dictionary<string, StageEntry> _byName;

    private StageCatalog(IEnumerable<Type> types)
    {
        Stages =
        [
            .. types
                .Where(t => t.IsSubclassOf(typeof(Stage)))
                .Select(t => (Type: t, Attribute: t.GetCustomAttribute<StageAttribute>(inherit: false)))
                .Where(t => t.Attribute is not null)
                .Select(t => new StageEntry(t.Attribute!.Name, t.Type))
                .OrderBy(s => s.Name, StringComparer.Ordinal),
        ];
        _byName = Stages.ToDictionary(s => s.Name, StringComparer.Ordinal);
    }

    /// <summary>The stages that come with the program.</summary>
    public static StageCatalog Default => OwnStages.Value;

    /// <summary>The stages, by name in ordinal order.</summary>
    public IReadOnlyList<StageEntry> Stages { get; }

    /// <summary>The public stages of some assemblies.</summary>
    /// <exception cref="ArgumentException">Two stages have the same name.</exception>
    public static StageCatalog OfAssemblies(params IEnumerable<Assembly> assemblies) =>
        new(assemblies.SelectMany(a => a.GetExportedTypes()));

    /// <summary>The stage of a name; null when there is none.</summary>
    public StageEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The stage that was probably meant by a name that is none; null when no name is near.</summary>
    public string? Closest(string name) => DidYouMean.Closest(name, _byName.Keys);

    /// <summary>The same stages and more, e.g. those of a test.</summary>
    internal StageCatalog With(params IEnumerable<Type> types) => new(Stages.Select(s => s.Type).Concat(types));
}
