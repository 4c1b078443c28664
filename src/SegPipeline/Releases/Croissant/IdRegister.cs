namespace SegPipeline.Releases.Croissant;

/// <summary>The ids in use in a description: every one is given out once.</summary>
internal sealed class IdRegister
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>An id that nothing else has: the one wished for, or that with a number behind it.</summary>
    public string Take(string wish)
    {
        string id = wish;
        for (int number = 2; !_taken.Add(id); number++) id = $"{wish}-{number}";
        return id;
    }
}
