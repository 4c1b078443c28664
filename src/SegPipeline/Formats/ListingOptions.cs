namespace SegPipeline.Formats;

/// <summary>Which files of a folder are wanted.</summary>
internal sealed record ListingOptions
{
    /// <summary>Everything, however deep.</summary>
    public static ListingOptions All { get; } = new();

    /// <summary>How many folders a name may go down; 0 lists only what lies in the folder itself.</summary>
    public int MaxDepth { get; init; } = int.MaxValue;

    /// <summary>The extensions that are wanted, with their dot, e.g. <c>.jpg</c>, in any case; empty for all.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>What to do with files without bytes; they are junk unless a reader has a use for them.</summary>
    public EmptyFiles EmptyFiles { get; init; }

    /// <summary>True when an extension is wanted.</summary>
    public bool Wants(ReadOnlySpan<char> extension)
    {
        if (Extensions.Count == 0) return true;
        foreach (string wanted in Extensions)
            if (extension.Equals(wanted, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}

/// <summary>What a listing does with files that have no bytes.</summary>
internal enum EmptyFiles
{
    /// <summary>Passes them over, and counts them.</summary>
    PassOver,

    /// <summary>Lists them.</summary>
    List,
}
