using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SegPipeline.Formats;

/// <summary>
/// Names that are the same to a reader and not in bytes: macOS takes accents apart (form D), most other systems and
/// annotation files do not (form C). Names meet in form C; what is on disk, and what is written, stays as it is.
/// </summary>
internal sealed class UnicodeForm : IEqualityComparer<string>
{
    private UnicodeForm() { }

    /// <summary>Compares names whatever their form.</summary>
    public static UnicodeForm Comparer { get; } = new();

    /// <summary>A name in form C; as it is when it has half a character.</summary>
    public static string Composed(string name)
    {
        if (Ascii.IsValid(name)) return name;
        ReadOnlySpan<char> rest = name;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int used) != System.Buffers.OperationStatus.Done) return name;
            rest = rest[used..];
        }
        return name.Normalize(NormalizationForm.FormC);
    }

    /// <inheritdoc/>
    public bool Equals(string? x, string? y) =>
        string.Equals(x, y, StringComparison.Ordinal) ||
        (x is not null && y is not null && string.Equals(Composed(x), Composed(y), StringComparison.Ordinal));

    /// <inheritdoc/>
    public int GetHashCode([DisallowNull] string obj) => Composed(obj).GetHashCode(StringComparison.Ordinal);
}
