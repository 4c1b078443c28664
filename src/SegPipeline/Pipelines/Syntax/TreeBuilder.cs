using System.Collections.Immutable;
using SegPipeline.Stages;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SegPipeline.Pipelines.Syntax;

/// <summary>
/// Builds the tree of one document from parser events: aliases, merge keys, duplicate keys, tags, and the caps that
/// keep a small file from unfolding into a huge tree. Malformed YAML leaves as the parser's own exception.
/// </summary>
/// <param name="file">Name of the file, for places.</param>
/// <param name="parser">The events.</param>
/// <param name="problems">Takes what is wrong beyond the syntax.</param>
/// <param name="lostAnchors">Anchors in parts cut out because of a syntax error; using them is not reported
/// again.</param>
internal sealed class TreeBuilder(
    string file, IParser parser, ProblemList problems, IReadOnlySet<string> lostAnchors)
{
    /// <summary>Most nodes of a document with all aliases written out.</summary>
    public const int MostNodes = 100_000;

    /// <summary>Deepest nesting of a document.</summary>
    public const int DeepestNesting = 64;

    private const string TagPrefix = "tag:yaml.org,2002:";
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private readonly Stack<SourcePlace> _openFlows = new();
    private long _nodes;
    private bool _tooMany;

    /// <summary>Where the innermost open <c>[</c> or <c>{</c> stands; null outside all.</summary>
    public SourcePlace? OpenFlow => _openFlows.TryPeek(out SourcePlace flow) ? flow : null;

    /// <summary>Where the last event ended: as far as the text was understood.</summary>
    public SourcePlace Reached => parser.Current is { } e ? PlaceOf(e.End) : new SourcePlace(file, 1, 1);

    /// <summary>Reads the document; null when the file holds none.</summary>
    /// <exception cref="YamlException">The text is not YAML.</exception>
    public YamlNode? Build()
    {
        parser.MoveNext();
        parser.MoveNext();
        if (parser.Current is not DocumentStart) return null;
        parser.MoveNext();
        YamlNode root = Node(depth: 1);
        parser.MoveNext();
        if (parser.Current is DocumentStart second)
            problems.Add(PlaceOf(second.Start), "a second document begins here, and a pipeline file holds one");
        return root;
    }

    private YamlNode Node(int depth)
    {
        ParsingEvent e = parser.Current!;
        SourcePlace place = PlaceOf(e.Start);
        if (++_nodes > MostNodes) ReportTooMany(place);
        YamlNode node = e switch
        {
            AnchorAlias alias => Alias(alias, place, depth),
            YamlDotNet.Core.Events.Scalar scalar => Scalar(scalar, place),
            SequenceStart start => Nested(() => Sequence(start, place, depth), place, depth),
            MappingStart start => Nested(() => Map(start, place, depth), place, depth),
            _ => throw new YamlException(e.Start, e.End, "did not find expected node content"),
        };
        if (e is NodeEvent { Anchor.IsEmpty: false } anchored) _anchors[anchored.Anchor.Value] = node;
        parser.MoveNext();
        return node;
    }

    private YamlNode Nested(Func<YamlNode> read, SourcePlace place, int depth)
    {
        if (depth < DeepestNesting && !_tooMany) return read();
        if (depth == DeepestNesting) problems.Add(place, $"the file nests more than {DeepestNesting} levels deep");
        for (int open = 1; open > 0;)
        {
            parser.MoveNext();
            open += parser.Current!.NestingIncrease;
        }
        return new YamlUnreadable(place);
    }

    private YamlNode Alias(AnchorAlias alias, SourcePlace place, int depth)
    {
        string name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out YamlNode? target))
        {
            if (!lostAnchors.Contains(name))
                problems.Add(place, $"the alias '*{name}' has no anchor '&{name}' before it",
                    DidYouMean.Hint(name, _anchors.Keys));
            return new YamlUnreadable(place);
        }
        if (_nodes + target.ExpandedNodes > MostNodes)
            ReportTooMany(place);
        else if (depth + target.Depth > DeepestNesting)
            problems.Add(place, $"the file nests more than {DeepestNesting} levels deep, aliases written out");
        else
        {
            _nodes += target.ExpandedNodes - 1;
            return target;
        }
        return new YamlUnreadable(place);
    }

    private void ReportTooMany(SourcePlace place)
    {
        if (_tooMany) return;
        _tooMany = true;
        problems.Add(place, $"the file has more than {MostNodes} nodes, aliases written out");
    }

    private YamlNode Scalar(YamlDotNet.Core.Events.Scalar scalar, SourcePlace place)
    {
        string text = YamlText.Restore(scalar.Value);
        if (text == YamlText.CutOut) return new YamlUnreadable(place);
        bool plain = scalar.Style == ScalarStyle.Plain;
        if (!scalar.Tag.IsEmpty) return Tagged(scalar.Tag.Value, text, place);
        return new YamlScalar(place, text, plain ? CoreSchema.FormOf(text) : ScalarForm.Text)
        {
            IsVerbatim = plain && scalar.Start.Line == scalar.End.Line && scalar.Anchor.IsEmpty,
        };
    }

    private YamlNode Tagged(string tag, string text, SourcePlace place)
    {
        ScalarForm form = CoreSchema.FormOf(text);
        (ScalarForm read, bool fits) = tag switch
        {
            "!" or TagPrefix + "str" => (ScalarForm.Text, true),
            TagPrefix + "null" => (ScalarForm.Null, form == ScalarForm.Null),
            TagPrefix + "bool" => (ScalarForm.Bool, form == ScalarForm.Bool),
            TagPrefix + "int" => (ScalarForm.Whole, form == ScalarForm.Whole),
            TagPrefix + "float" => (ScalarForm.Fraction, form is ScalarForm.Fraction or ScalarForm.Whole),
            _ => UnknownTag(tag, place),
        };
        if (!fits) problems.Add(place, $"the tag {Spelled(tag)} does not fit '{text}'");
        return fits ? new YamlScalar(place, text, read) : new YamlUnreadable(place);
    }

    private (ScalarForm, bool) UnknownTag(string tag, SourcePlace place)
    {
        problems.Add(place, $"the tag {Spelled(tag)} means nothing here", "remove it");
        return (ScalarForm.Text, true);
    }

    private static string Spelled(string tag) =>
        tag.StartsWith(TagPrefix, StringComparison.Ordinal) ? "!!" + tag[TagPrefix.Length..] : tag;

    private YamlSequence Sequence(SequenceStart start, SourcePlace place, int depth)
    {
        if (!start.Tag.IsEmpty && start.Tag.Value != TagPrefix + "seq") UnknownTag(start.Tag.Value, place);
        if (start.Style == SequenceStyle.Flow) _openFlows.Push(place);
        ImmutableArray<YamlNode>.Builder items = ImmutableArray.CreateBuilder<YamlNode>();
        parser.MoveNext();
        while (parser.Current is not SequenceEnd) items.Add(Node(depth + 1));
        if (start.Style == SequenceStyle.Flow) _openFlows.Pop();
        return new YamlSequence(place, items.ToImmutable());
    }

    private YamlMap Map(MappingStart start, SourcePlace place, int depth)
    {
        if (!start.Tag.IsEmpty && start.Tag.Value != TagPrefix + "map") UnknownTag(start.Tag.Value, place);
        if (start.Style == MappingStyle.Flow) _openFlows.Push(place);
        var entries = new MapEntries(problems);
        parser.MoveNext();
        while (parser.Current is not MappingEnd)
        {
            YamlNode key = Node(depth + 1);
            YamlNode value = Node(depth + 1);
            entries.Add(key, value);
        }
        if (start.Style == MappingStyle.Flow) _openFlows.Pop();
        return new YamlMap(place, entries.Merged());
    }

    private SourcePlace PlaceOf(Mark mark) => new(file, (int)mark.Line, (int)mark.Column);
}
