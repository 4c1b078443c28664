using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Documents;

/// <summary>Follows <c>include</c>, each file once, however often it is named.</summary>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class IncludeReader(ProblemList problems)
{
    private const int DeepestIncludes = 16;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Stack<string> _open = new();
    private readonly List<DocumentFile> _files = [];

    /// <summary>True when a file could not be read, so that what it was to bring is missing.</summary>
    public bool AnyIsUnreadable { get; private set; }

    /// <summary>A file and all it includes, the included ones first.</summary>
    public IReadOnlyList<DocumentFile> Follow(DocumentFile file, string named)
    {
        Visit(file, named);
        return _files;
    }

    private void Visit(DocumentFile file, string named)
    {
        string full = Path.GetFullPath(named);
        _seen.Add(full);
        _open.Push(full);
        if (file.Root.Find("include") is { } include)
            foreach (YamlScalar text in TextsOf(include.Value)) Open(text, named);
        _open.Pop();
        _files.Add(file);
    }

    private void Open(YamlScalar text, string including)
    {
        string named = Path.Combine(Path.GetDirectoryName(including) ?? "", text.Text);
        string full = Path.GetFullPath(named);
        if (_open.Contains(full))
            problems.Add(text.Place, $"the file '{text.Text}' includes itself");
        else if (_open.Count == DeepestIncludes)
            problems.Add(text.Place, $"files include each other more than {DeepestIncludes} deep");
        else if (_seen.Add(full))
        {
            YamlNode? root = YamlReader.ReadFile(full, named, text.Place, problems);
            if (DocumentFile.Of(root, FileRole.Included, problems) is { } file) Visit(file, named);
            else AnyIsUnreadable = true;
        }
    }

    private IEnumerable<YamlScalar> TextsOf(YamlNode node)
    {
        foreach (YamlNode item in node is YamlSequence list ? list.Items : [node])
        {
            if (item is YamlScalar { Form: ScalarForm.Text, Text.Length: > 0 } text &&
                !text.Text.Contains('\0', StringComparison.Ordinal))
                yield return text;
            else if (item is not (YamlUnreadable or YamlScalar { Form: ScalarForm.Null }))
                problems.Add(item.Place, $"'include' must be a path or a list of paths, found {Found.Describe(item)}");
        }
    }
}
