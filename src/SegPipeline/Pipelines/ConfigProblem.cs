namespace SegPipeline.Pipelines;

/// <summary>One thing that is wrong with a pipeline file; a command ends with exit code 78.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in UTF-16 units, from 1.</param>
/// <param name="Message">What is wrong: what was expected and what was found, without a full stop.</param>
/// <param name="Hint">What to do about it (<c>did you mean 'annotations'?</c>); null when there is nothing to
/// say.</param>
public sealed record ConfigProblem(string File, int Line, int Column, string Message, string? Hint = null)
{
    /// <summary>Where it is.</summary>
    public SourcePlace Place => new(File, Line, Column);

    /// <summary>On one line, whatever a file has in it: <c>file:line:column: error: message; hint</c>.</summary>
    public override string ToString()
    {
        string text = $"{Place}: error: {Message}{(Hint is null ? "" : "; " + Hint)}";
        return text.Any(char.IsControl)
            ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()))
            : text;
    }
}
