using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Finds files by their names without extension, so that pictures and their label images meet.</summary>
internal static class FileStems
{
    /// <summary>The files of a folder by name without extension, folders within kept; in the listing's order.</summary>
    /// <param name="listing">The files; none when null.</param>
    /// <param name="suffix">What names end in before the extension, to be left out; files without it are not
    /// taken.</param>
    /// <exception cref="BadDataException"><c>DUPLICATE_IMAGE</c>: two names differ only in their
    /// extension.</exception>
    public static Dictionary<string, ListedFile> Of(FolderListing? listing, string suffix = "")
    {
        var files = new Dictionary<string, ListedFile>(UnicodeForm.Comparer);
        foreach (ListedFile file in listing?.Files ?? [])
        {
            string stem = file.Name[..^file.Extension.Length];
            if (!stem.EndsWith(suffix, StringComparison.Ordinal)) continue;
            stem = stem[..^suffix.Length];
            if (!files.TryAdd(stem, file))
                throw new BadDataException(new Problem("DUPLICATE_IMAGE",
                    $"'{file.Name}' and '{files[stem].Name}' differ only in their extension" +
                    (Ascii.IsValid(stem) ? "" : ", or in how accents are written"))
                {
                    Remedy = "remove one of them",
                });
        }
        return files;
    }
}
