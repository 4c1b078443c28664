using System.Collections.Immutable;

namespace SegPipeline.Formats;

/// <summary>The folders, free of links, from which links were followed; tells whether one more would lead
/// back.</summary>
internal sealed class LinkTrail
{
    private const int MostLinks = 40;

    private readonly string _written;
    private readonly string _real;
    private readonly ImmutableArray<string> _left;

    private LinkTrail(string written, string real, ImmutableArray<string> left)
    {
        _written = written;
        _real = real;
        _left = left;
    }

    /// <summary>The trail at a folder to which no link was followed yet.</summary>
    public static LinkTrail Start(string folder) => new(folder, RealPath(folder), []);

    /// <summary>Follows a link.</summary>
    /// <param name="link">Path of the link, as reached from the folder where the trail stands.</param>
    /// <returns>The trail at its target; null when the target holds a folder from which a link was followed.</returns>
    public LinkTrail? Through(string link)
    {
        string holder = _real + Path.GetDirectoryName(link)![_written.Length..];
        ImmutableArray<string> left = _left.Add(holder);
        string target = RealPath(link);
        bool leadsBack = left.Length > MostLinks || left.Any(folder => Holds(target, folder));
        return leadsBack ? null : new LinkTrail(link, target, left);
    }

    private static bool Holds(string folder, string path) =>
        path.StartsWith(folder, StringComparison.Ordinal) &&
        (path.Length == folder.Length || Path.EndsInDirectorySeparator(folder) ||
            path[folder.Length] == Path.DirectorySeparatorChar);

    /// <summary>The path with every link in it resolved, from the root down.</summary>
    private static string RealPath(string path)
    {
        string real = Path.GetPathRoot(path)!;
        foreach (string part in path[real.Length..].Split(Path.DirectorySeparatorChar))
        {
            string next = Path.Join(real, part);
            FileSystemInfo? target = Directory.ResolveLinkTarget(next, returnFinalTarget: true);
            // What a link names can itself lie below a link.
            real = target is null || target.FullName == next ? next : RealPath(target.FullName);
        }
        return real;
    }
}
