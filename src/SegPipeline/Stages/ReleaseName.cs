using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Stages;

/// <summary>
/// Name of a file within a release: relative, forward slashes, no part that a hostile dataset could use to leave the
/// folder or that some system cannot store. File names in datasets are untrusted; this is the only way to make one.
/// </summary>
public readonly record struct ReleaseName : IParsable<ReleaseName>
{
    private const int LongestPartBytes = 255;

    private static readonly string[] Reserved = ["CON", "PRN", "AUX", "NUL"];

    private ReleaseName(string value) => Value = value;

    /// <summary>The name, e.g. <c>images/000000000139.jpg</c>.</summary>
    public string Value { get; }

    /// <summary>The form in which two names that some file system would take for one are equal.</summary>
    public string CollisionKey => Value.Normalize(NormalizationForm.FormC).ToUpperInvariant();

    /// <summary>Makes a name from untrusted text; a back-slash counts as a slash.</summary>
    /// <exception cref="BadDataException">The text is rooted, has a drive, <c>..</c>, NUL, a reserved name, half of
    /// a surrogate pair, or a part that ends in a dot or blank or is longer than 255 bytes of UTF-8.</exception>
    public static ReleaseName From(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string name = text.Replace('\\', '/');
        string? fault = Fault(name);
        return fault is null
            ? new ReleaseName(name)
            : throw new BadDataException(new Problem("UNSAFE_NAME", $"the file name '{Printable(text)}' {fault}")
            {
                Remedy = "rename the file in the source",
            });
    }

    /// <summary>Joins names: <c>images</c> and <c>a/b.jpg</c> to <c>images/a/b.jpg</c>.</summary>
    public static ReleaseName operator /(ReleaseName folder, ReleaseName name) => new(folder.Value + "/" + name.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <inheritdoc/>
    public static ReleaseName Parse(string s, IFormatProvider? provider) => From(s);

    /// <inheritdoc/>
    public static bool TryParse(string? s, IFormatProvider? provider, out ReleaseName result)
    {
        bool good = s is not null && Fault(s.Replace('\\', '/')) is null;
        result = good ? From(s!) : default;
        return good;
    }

    private static string? Fault(string name)
    {
        if (name.Length == 0) return "is empty";
        if (name[0] == '/') return "is absolute";
        if (name.Contains(':', StringComparison.Ordinal)) return "has a colon (a drive or a stream)";
        foreach (char c in name)
            if (char.IsControl(c)) return $"has the control character U+{(int)c:X4}";
        if (Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)) != name) return "has half of a surrogate pair";
        foreach (string part in name.Split('/'))
        {
            if (part.Length == 0) return "has an empty part";
            if (Encoding.UTF8.GetByteCount(part) > LongestPartBytes) return "has a part of more than 255 bytes";
            if (part is "." or "..") return $"has the part '{part}'";
            if (part[^1] is '.' or ' ') return $"has the part '{part}', which ends in a dot or blank";
            if (IsReserved(part)) return $"has the part '{part}', a device name on Windows";
        }
        return null;
    }

    private static bool IsReserved(string part)
    {
        string stem = part.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
        bool numbered = stem.Length == 4 && char.IsAsciiDigit(stem[3]) && (stem[..3] is "COM" or "LPT");
        return numbered || Array.IndexOf(Reserved, stem) >= 0;
    }

    private static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
