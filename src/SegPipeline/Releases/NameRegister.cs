using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>
/// The names in use in a release. Two names collide when some file system would take them for one: equal but for case
/// or Unicode form, or one naming a folder where the other names a file. Safe to use from several threads.
/// </summary>
internal sealed class NameRegister
{
    private readonly Dictionary<string, (string Name, bool IsFolder)> _taken = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Takes a name for a file, and the names of its folders.</summary>
    /// <exception cref="BadDataException">It collides with a name taken before.</exception>
    public void Take(ReleaseName name)
    {
        lock (_gate)
        {
            string key = name.CollisionKey;
            for (int slash = key.IndexOf('/'), end = name.Value.IndexOf('/'); slash >= 0;
                 slash = key.IndexOf('/', slash + 1), end = name.Value.IndexOf('/', end + 1))
            {
                string folder = name.Value[..end];
                if (!_taken.TryAdd(key[..slash], (folder, IsFolder: true)))
                    Compare(name, folder, _taken[key[..slash]], isFolder: true);
            }
            if (!_taken.TryAdd(key, (name.Value, IsFolder: false)))
                Compare(name, name.Value, _taken[key], isFolder: false);
        }
    }

    private static void Compare(ReleaseName name, string part, (string Name, bool IsFolder) taken, bool isFolder)
    {
        if (isFolder && taken == (part, true)) return;
        string fault = taken.IsFolder != isFolder
            ? $"'{taken.Name}' is already a {(taken.IsFolder ? "folder" : "file")} of the release"
            : taken.Name == part
                ? "the release already has a file of this name"
                : $"the release already has '{taken.Name}', which some file systems take for the same name";
        throw new BadDataException(new Problem("NAME_COLLISION", $"'{name}' cannot be written: {fault}")
        {
            Remedy = "rename one in the source, or write them to different folders",
        });
    }
}
