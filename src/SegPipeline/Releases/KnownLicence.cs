namespace SegPipeline.Releases;

/// <summary>A licence as people write it, and as two catalogues of datasets want it.</summary>
/// <param name="HuggingFaceId">Its id on Hugging Face; null when it has none there.</param>
/// <param name="Url">Where it is explained; null when that is not known.</param>
internal sealed record KnownLicence(string? HuggingFaceId, string? Url)
{
    // SPDX identifiers (https://spdx.org/licenses/) of licences that data is published under. Those on Hugging Face
    // have the same identifier in lower case, but for these few.
    private static readonly Dictionary<string, string> NamedOtherwise = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AGPL-3.0-only"] = "agpl-3.0",
        ["AGPL-3.0-or-later"] = "agpl-3.0",
        ["GPL-2.0-only"] = "gpl-2.0",
        ["GPL-3.0-only"] = "gpl-3.0",
        ["GPL-3.0-or-later"] = "gpl-3.0",
        ["LGPL-3.0-only"] = "lgpl-3.0",
        ["ODbL-1.0"] = "odbl",
        ["ODC-By-1.0"] = "odc-by",
        ["PDDL-1.0"] = "pddl",
    };

    private static readonly string[] NamedAlike =
    [
        "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0", "CC-BY-4.0",
        "CC-BY-NC-2.0", "CC-BY-NC-3.0", "CC-BY-NC-4.0", "CC-BY-NC-ND-3.0", "CC-BY-NC-ND-4.0", "CC-BY-NC-SA-2.0",
        "CC-BY-NC-SA-3.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC0-1.0",
        "CDLA-Permissive-1.0", "CDLA-Permissive-2.0", "CDLA-Sharing-1.0", "etalab-2.0", "MIT", "Unlicense",
    ];

    /// <summary>Finds what a pipeline says its licence is, whatever the case of its letters.</summary>
    public static KnownLicence Of(string text)
    {
        if (NamedOtherwise.Keys.FirstOrDefault(id => IsSame(id, text)) is { } renamed)
            return new KnownLicence(NamedOtherwise[renamed], PageOf(renamed));
        if (Array.Find(NamedAlike, id => IsSame(id, text)) is { } found)
            return new KnownLicence(found.ToLowerInvariant(), PageOf(found));
        return new KnownLicence(null, IsUrl(text) ? text : null);
    }

    private static bool IsSame(string a, string b) => string.Equals(a, b.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string PageOf(string spdxId) => $"https://spdx.org/licenses/{spdxId}.html";

    private static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https";
}
