namespace SegPipeline.Model;

/// <summary>
/// One thing that is wrong with the data: where it stands, what was expected, what was found, and what to do.
/// Every message a user sees about bad data is one of these.
/// </summary>
/// <param name="Code">Short stable word in capitals that tests and rejects files refer to, e.g. <c>RLE_SUM</c>.</param>
/// <param name="Message">One sentence: what was expected and what was found.</param>
public sealed record Problem(string Code, string Message)
{
    /// <summary>File the problem is in, as the user named it; null when it is in no file.</summary>
    public string? File { get; init; }

    /// <summary>Byte offset in the file, from 0.</summary>
    public long? ByteOffset { get; init; }

    /// <summary>Line in the file, from 1.</summary>
    public long? Line { get; init; }

    /// <summary>The record, in the words of its format: <c>annotation 918</c>, <c>image 200365</c>.</summary>
    public string? Record { get; init; }

    /// <summary>What the user can do about it, as an imperative sentence.</summary>
    public string? Remedy { get; init; }

    /// <summary>Everything on one line: <c>file:line (byte n), record: message; remedy</c>.</summary>
    public override string ToString()
    {
        var text = new System.Text.StringBuilder();
        if (File is not null) text.Append(File);
        if (Line is not null) text.Append(':').Append(Line);
        if (ByteOffset is not null) text.Append(text.Length > 0 ? " (byte " : "(byte ").Append(ByteOffset).Append(')');
        if (Record is not null) text.Append(text.Length > 0 ? ", " : "").Append(Record);
        if (text.Length > 0) text.Append(": ");
        text.Append(Message);
        if (Remedy is not null) text.Append("; ").Append(Remedy);
        return text.Append(" [").Append(Code).Append(']').ToString();
    }
}

/// <summary>Thrown when data is bad. Carries what a user must be told; a command ends with exit code 65.</summary>
public sealed class BadDataException : Exception
{
    /// <summary>Bad data with one problem.</summary>
    public BadDataException(Problem problem) : this([problem]) { }

    /// <summary>Bad data with several problems, all of them shown.</summary>
    public BadDataException(IReadOnlyList<Problem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>Bad data with one problem that another exception revealed.</summary>
    public BadDataException(Problem problem, Exception inner) : base(problem.ToString(), inner) => Problems = [problem];

    /// <summary>The problems, at least one.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}
