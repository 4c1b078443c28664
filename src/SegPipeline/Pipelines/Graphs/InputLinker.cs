using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Graphs;

/// <summary>Finds the stages and ports that <c>from</c> names, and reports inputs that a stage cannot have.</summary>
internal sealed class InputLinker
{
    private readonly IReadOnlyList<StageDraft> _drafts;
    private readonly ProblemList _problems;
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);

    /// <summary>Takes the stages in the order of the file.</summary>
    public InputLinker(IReadOnlyList<StageDraft> drafts, ProblemList problems)
    {
        _drafts = drafts;
        _problems = problems;
        for (int i = 0; i < drafts.Count; i++)
            if (!_byName.TryAdd(drafts[i].Name, i))
                problems.Add(drafts[i].Place, $"there are two stages named '{drafts[i].Name}'",
                    $"the other stands at {drafts[_byName[drafts[i].Name]].Place}");
    }

    /// <summary>Links all stages.</summary>
    public IReadOnlyList<LinkedDraft> Link() => [.. Enumerable.Range(0, _drafts.Count).Select(Link)];

    private LinkedDraft Link(int index)
    {
        StageDraft draft = _drafts[index];
        if (draft.IsReader || draft.IsFromUnreadable)
        {
            if (draft is { IsReader: true, From: [var first, ..] })
                _problems.Add(first.Place, $"'{draft.Name}' is a reader and takes no input", "remove 'from'");
            return new LinkedDraft(draft, [], IsComplete: draft.IsReader);
        }
        var inputs = new List<PortUse>();
        bool complete = true;
        foreach (PortUse? use in draft.From is { } from ? from.Select(f => Find(draft, f)) : [Above(index)])
        {
            complete &= use is not null;
            if (use is { } found) inputs.Add(found);
        }
        if (draft.From is { Count: 0 })
            _problems.Add(draft.Place, $"'{draft.Name}' has no input", "name one or more stages under 'from'");
        if (complete && inputs.Count > 0) CheckInputs(draft, inputs);
        return new LinkedDraft(draft, inputs, complete);
    }

    private PortUse? Above(int index)
    {
        StageDraft draft = _drafts[index];
        if (index == 0)
        {
            if (draft.Entry is not null)
                _problems.Add(draft.Place, $"'{draft.Name}' has no input: no stage stands above it",
                    "put a reader above it, or name a stage under 'from'");
            return null;
        }
        StageDraft above = _drafts[index - 1];
        if (above.Entry?.Kind != StageKind.Writer)
            return new PortUse(index - 1, above.Stage is null ? -1 : 0, draft.Place);
        _problems.Add(draft.Place, $"'{draft.Name}' has no input: the stage above it, '{above.Name}', is a writer",
            "name a stage under 'from'");
        return null;
    }

    private PortUse? Find(StageDraft draft, Located<string> from)
    {
        if (from.Value == DraftReader.ErrorsPort) return new PortUse(-1, 0, from.Place);
        int dot = from.Value.LastIndexOf('.');
        string written = dot < 0 ? from.Value : from.Value[..dot];
        if (!draft.Names.TryGetValue(written, out string? name) || !_byName.TryGetValue(name, out int index))
        {
            _problems.Add(from.Place, $"there is no stage '{written}'",
                DidYouMean.HintOrList(written, [.. SourcesKnownTo(draft)]));
            return null;
        }
        StageDraft source = _drafts[index];
        if (source.Entry?.Kind == StageKind.Writer)
        {
            _problems.Add(from.Place, $"'{written}' is a writer, from which no samples come");
            return null;
        }
        if (source.Stage is null) return new PortUse(index, -1, from.Place);
        int port = dot < 0 ? 0 : IndexOf(source.Stage.OutputPorts, from.Value[(dot + 1)..]);
        if (port >= 0) return new PortUse(index, port, from.Place);
        _problems.Add(from.Place, $"'{written}' has no port '{from.Value[(dot + 1)..]}'",
            DidYouMean.HintOrList(from.Value[(dot + 1)..], source.Stage.OutputPorts));
        return null;
    }

    private static IEnumerable<string> SourcesKnownTo(StageDraft draft) =>
        draft.Names.Where(n => n.Value != draft.Name).Select(n => n.Key).Append(DraftReader.ErrorsPort);

    private void CheckInputs(StageDraft draft, List<PortUse> inputs)
    {
        if (draft.Stage is Join join && (inputs.Count < join.Inputs.Fewest || inputs.Count > join.Inputs.Most))
            _problems.Add(draft.From is null ? draft.Place : inputs[0].Place,
                $"'{draft.Name}' ({draft.Entry!.Name}) takes {Bounds(join.Inputs)} inputs, found {inputs.Count}",
                "list them under 'from', e.g. from: [boxes, masks]");
        foreach (var same in inputs.GroupBy(i => (i.Draft, i.Port)).Where(g => g.Count() > 1))
            _problems.Add(same.ElementAt(1).Place, $"'{draft.Name}' takes the same port twice");
    }

    private static string Bounds((int Fewest, int Most) inputs) =>
        inputs.Fewest == inputs.Most ? $"{inputs.Fewest}"
        : inputs.Most == int.MaxValue ? $"{inputs.Fewest} or more"
        : $"{inputs.Fewest} to {inputs.Most}";

    private static int IndexOf(IReadOnlyList<string> ports, string port)
    {
        for (int i = 0; i < ports.Count; i++)
            if (ports[i] == port) return i;
        return -1;
    }
}
