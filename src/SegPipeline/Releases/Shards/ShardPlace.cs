using System.Globalization;
using SegPipeline.Engine.Sharding;

namespace SegPipeline.Releases.Shards;

/// <summary>
/// Where a shard of a release lies: for <c>releases/x</c> in <c>releases/.x.shards-DIGEST/2-of-8</c>, whose last part
/// is the shard and whose digest is that of the frozen plan, so that shards of different plans never meet.
/// </summary>
/// <param name="Root">The folder of all shards of the plan.</param>
/// <param name="Shard">The shard.</param>
internal sealed record ShardPlace(string Root, Shard Shard)
{
    private const int DigestDigits = 12;

    /// <summary>Its folder.</summary>
    public string Folder => Path.Combine(Root, Name);

    /// <summary>The file that a process holds while it works on the shard.</summary>
    public string Lock => Path.Combine(Root, $".{Name}.lock");

    /// <summary>Its journal.</summary>
    public string Journal => Path.Combine(Folder, "journal");

    private string Name => FormattableString.Invariant($"{Shard.Index}-of-{Shard.Of}");

    /// <summary>The folder of all shards of a plan.</summary>
    /// <param name="target">Full path of the release.</param>
    /// <param name="planDigest">Digest of the frozen plan.</param>
    public static string RootOf(string target, string planDigest) =>
        Path.Combine(Path.GetDirectoryName(target)!, Prefix(target) + planDigest[..DigestDigits]);

    /// <summary>The folders of shards of other plans of the same release.</summary>
    public static string[] OtherRoots(string target, string planDigest)
    {
        string root = RootOf(target, planDigest);
        return [.. Directory.GetDirectories(Path.GetDirectoryName(target)!)
            .Where(folder => Path.GetFileName(folder).StartsWith(Prefix(target), StringComparison.Ordinal))
            .Where(folder => folder != root).Order(StringComparer.Ordinal)];
    }

    /// <summary>The shards of a plan that are there, finished or not.</summary>
    public static ShardPlace[] AllIn(string root) => Directory.Exists(root)
        ? [.. from folder in Directory.GetDirectories(root)
              let name = Path.GetFileName(folder)
              let shard = ShardNamed(name)
              where shard is not null
              orderby shard.Of, shard.Index
              let place = new ShardPlace(root, shard)
              where place.Name == name
              select place]
        : [];

    private static Shard? ShardNamed(string name)
    {
        string[] parts = name.Split("-of-");
        return parts.Length == 2 && TryNumber(parts[0], out int index) && TryNumber(parts[1], out int of) && index < of
            ? new Shard(index, of)
            : null;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Prefix(string target) => $".{Path.GetFileName(target)}.shards-";
}
