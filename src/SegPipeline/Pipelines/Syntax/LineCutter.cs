using System.Text.RegularExpressions;

namespace SegPipeline.Pipelines.Syntax;

/// <summary>
/// Cuts the entry with a syntax error out of a file, so that what stands before and after it can still be read: a
/// stage, a parameter, or a whole top-level section. The lines keep their numbers.
/// </summary>
internal sealed class LineCutter
{
    private static readonly Regex KeyOfEntry =
        new("""^( *)([A-Za-z_][\w./-]*|"[^"]*"|'[^']*') *:""", RegexOptions.CultureInvariant);

    private static readonly Regex Anchor = new(@"&([^\s,\[\]{}]+)", RegexOptions.CultureInvariant);
    private readonly string[] _lines;
    private readonly HashSet<string> _lostAnchors = new(StringComparer.Ordinal);

    /// <summary>Takes the lines of a file; they are replaced in place.</summary>
    public LineCutter(string[] lines) => _lines = lines;

    /// <summary>Anchors that stood in what was cut out.</summary>
    public IReadOnlySet<string> LostAnchors => _lostAnchors;

    /// <summary>Cuts out the entry that a line belongs to.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <returns>False when there is nothing left to cut there, and reading on would only repeat the error.</returns>
    public bool Cut(int line)
    {
        int at = Math.Clamp(line - 1, 0, _lines.Length - 1);
        int section = Array.FindLastIndex(_lines, at, IsTopLevel);
        if (section < 0) return false;
        int sectionEnd = NextFrom(section + 1, IsTopLevel);
        (int start, int end) = EntryWithin(section, sectionEnd, at);
        if (_lines[start].EndsWith(YamlText.CutOut, StringComparison.Ordinal)) (start, end) = (section, sectionEnd);
        if (_lines[start].EndsWith(YamlText.CutOut, StringComparison.Ordinal)) return false;
        Replace(start, end);
        return true;
    }

    private (int Start, int End) EntryWithin(int section, int sectionEnd, int at)
    {
        bool flow = _lines[section].TrimEnd().EndsWith('{') || _lines[section].TrimEnd().EndsWith('[');
        int first = Array.FindIndex(_lines, section + 1, sectionEnd - section - 1, HasContent);
        if (flow || first < 0 || at < first) return (section, sectionEnd);
        int indent = IndentOf(_lines[first]);
        int start = Array.FindLastIndex(_lines, at, at - section, l => HasContent(l) && IndentOf(l) <= indent);
        if (start < 0) return (section, sectionEnd);
        return (start, Math.Min(sectionEnd, NextFrom(start + 1, l => HasContent(l) && IndentOf(l) <= indent)));
    }

    private void Replace(int start, int end)
    {
        for (int i = start; i < end; i++)
            foreach (Match anchor in Anchor.Matches(_lines[i])) _lostAnchors.Add(anchor.Groups[1].Value);
        Match key = KeyOfEntry.Match(_lines[start]);
        string rest = key.Success ? key.Value + " " + YamlText.CutOut : "";
        if (!key.Success && _lines[start].TrimStart().StartsWith("- ", StringComparison.Ordinal))
            rest = new string(' ', IndentOf(_lines[start])) + "- " + YamlText.CutOut;
        _lines[start] = rest;
        for (int i = start + 1; i < end; i++) _lines[i] = "";
    }

    private int NextFrom(int index, Predicate<string> holds)
    {
        int found = index < _lines.Length ? Array.FindIndex(_lines, index, holds) : -1;
        return found < 0 ? _lines.Length : found;
    }

    private static bool HasContent(string line)
    {
        ReadOnlySpan<char> text = line.AsSpan().TrimStart();
        return text.Length > 0 && text[0] != '#';
    }

    private static bool IsTopLevel(string line) => HasContent(line) && line[0] is not (' ' or '\t' or '}' or ']');

    private static int IndentOf(string line) => line.Length - line.AsSpan().TrimStart().Length;
}
