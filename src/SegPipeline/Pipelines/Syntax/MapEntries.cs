using System.Collections.Immutable;

namespace SegPipeline.Pipelines.Syntax;

/// <summary>
/// The entries of one map while it is read: refuses duplicate keys and merges what <c>&lt;&lt;</c> names.
/// </summary>
/// <remarks>Merge keys as in https://yaml.org/type/merge.html: a key written in the map itself wins, then the earlier
/// of the merged maps.</remarks>
internal sealed class MapEntries(ProblemList problems)
{
    private const string MergeKey = "<<";
    private readonly ImmutableArray<YamlEntry>.Builder _entries = ImmutableArray.CreateBuilder<YamlEntry>();
    private readonly Dictionary<string, YamlScalar> _keys = new(StringComparer.Ordinal);
    private (YamlScalar Key, YamlNode Value)? _merge;

    /// <summary>Takes the next key and value in the file's order.</summary>
    public void Add(YamlNode key, YamlNode value)
    {
        if (key is not YamlScalar scalar)
        {
            if (key is not YamlUnreadable) problems.Add(key.Place, "a key must be a single word, not a list or map");
            return;
        }
        bool isMerge = scalar is { Text: MergeKey, IsVerbatim: true };
        if (!_keys.TryAdd(isMerge ? "\0" + MergeKey : scalar.Text, scalar))
        {
            SourcePlace first = _keys[isMerge ? "\0" + MergeKey : scalar.Text].Place;
            problems.Add(scalar.Place, $"the key '{scalar.Text}' stands twice in the same map",
                $"it first stands at line {first.Line}, column {first.Column}");
        }
        else if (isMerge)
            _merge = (scalar, value);
        else
            _entries.Add(new YamlEntry(scalar, value));
    }

    /// <summary>All entries: the map's own in its order, then the merged ones.</summary>
    public ImmutableArray<YamlEntry> Merged()
    {
        if (_merge is not { } merge) return _entries.ToImmutable();
        IEnumerable<YamlNode> sources = merge.Value is YamlSequence list ? list.Items : [merge.Value];
        foreach (YamlNode source in sources)
        {
            if (source is YamlMap map)
                _entries.AddRange(map.Entries.Where(e => _keys.TryAdd(e.Key.Text, e.Key)));
            else if (source is not YamlUnreadable)
            {
                problems.Add(source.Place, "'<<' merges maps, and this is none",
                    "give it an alias of a map, e.g. *defaults");
            }
        }
        return _entries.ToImmutable();
    }
}
