namespace SegPipeline.Transforms;

/// <summary>
/// Order of names in which numbers count by their value: <c>pic_9</c> comes before <c>pic_10</c>. Everything else is
/// ordinal, and names that differ only in leading zeros are ordered ordinally too, so that no two are equal.
/// </summary>
internal sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static NaturalOrder Instance { get; } = new();

    private NaturalOrder() { }

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x, b = y;
        while (a.Length > 0 && b.Length > 0)
        {
            bool areNumbers = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0]);
            int order = areNumbers ? CompareNumbers(ref a, ref b) : a[0].CompareTo(b[0]);
            if (order != 0) return order;
            if (areNumbers) continue;
            a = a[1..];
            b = b[1..];
        }
        int rest = a.Length.CompareTo(b.Length);
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    private static int CompareNumbers(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        ReadOnlySpan<char> first = TakeNumber(ref a), second = TakeNumber(ref b);
        int order = first.Length.CompareTo(second.Length);
        return order != 0 ? order : first.SequenceCompareTo(second);
    }

    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits.TrimStart('0');
    }
}
