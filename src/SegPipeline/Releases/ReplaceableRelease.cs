using SegPipeline.Model;

namespace SegPipeline.Releases;

/// <summary>
/// Whether a run may replace what stands at the release's place: nothing, an empty folder, or a release with no file
/// that somebody else put there. Everything else would be lost, so it is refused before anything runs.
/// </summary>
internal static class ReplaceableRelease
{
    private const int NamesShown = 3;

    /// <summary>Checks a folder.</summary>
    /// <exception cref="BadDataException">It holds something that no run of a pipeline put there.</exception>
    public static void Check(string folder)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return;
        HashSet<string> ours = Listed(folder);
        List<string> foreign = ReleaseNames.FilesIn(folder).FindAll(f => !ours.Contains(f));
        if (foreign.Count == 0) return;
        string names = string.Join(", ", foreign.Take(NamesShown).Select(f => $"'{f}'"));
        string more = foreign.Count > NamesShown ? $" and {foreign.Count - NamesShown} more" : "";
        throw Refuse(folder, $"the release holds files that no run put there: {names}{more}", "move them away");
    }

    private static HashSet<string> Listed(string folder)
    {
        var problems = new List<Problem>();
        string? fault = ManifestFile.FaultAtBeginning(Path.Combine(folder, ReleaseNames.Manifest.Value));
        string checksums = Path.Combine(folder, ReleaseNames.Checksums.Value);
        if (fault is null && !File.Exists(checksums)) fault = $"there is no {ReleaseNames.Checksums}";
        if (fault is not null)
            throw Refuse(
                folder, "the folder is not empty and not a release: " + fault, "remove it if it is not needed");
        var names = ChecksumFile.Read(checksums, problems).Select(f => f.Name.Value);
        return new HashSet<string>(names, StringComparer.Ordinal) { ReleaseNames.Checksums.Value };
    }

    private static BadDataException Refuse(string folder, string message, string remedy) =>
        new(new Problem("NOT_A_RELEASE", message)
        {
            File = folder,
            Remedy = remedy + ", or choose another folder with 'release: to:' or --to",
        });
}
