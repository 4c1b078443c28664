using System.Text;

namespace SegPipeline.Stages.Recognising;

/// <summary>
/// A file or folder as one sees it at a glance: its name, the first of what lies in it, the beginning of its text. What
/// cannot be read looks as if it were not there.
/// </summary>
public sealed class PathLook
{
    /// <summary>Most entries of a folder that are looked at.</summary>
    public const int MostEntries = 20_000;

    /// <summary>Most bytes of the beginning of a file that are looked at.</summary>
    public const int MostHeadBytes = 1 << 20;

    private readonly Lazy<FolderEntries> _entries;
    private readonly Lazy<JsonHead?> _json;
    private readonly Dictionary<string, PathLook?> _children = new(StringComparer.Ordinal);
    private readonly Lazy<PathLook?> _parent;

    private PathLook(string fullPath, PathLook? parent)
    {
        FullPath = fullPath;
        IsFolder = Directory.Exists(fullPath);
        IsFile = !IsFolder && File.Exists(fullPath);
        _entries = new(() => IsFolder ? FolderEntries.Of(fullPath) : FolderEntries.None);
        _json = new(ReadJson);
        _parent = new(() => parent ?? (Path.GetDirectoryName(fullPath) is { Length: > 0 } above ? Of(above) : null));
    }

    /// <summary>Looks at a path; there need be nothing.</summary>
    public static PathLook Of(string path) =>
        new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), parent: null);

    /// <summary>The absolute path.</summary>
    public string FullPath { get; }

    /// <summary>The last part of the path.</summary>
    public string Name => Path.GetFileName(FullPath);

    /// <summary>True when it is a folder that is there.</summary>
    public bool IsFolder { get; }

    /// <summary>True when it is a file that is there.</summary>
    public bool IsFile { get; }

    /// <summary>Names of the folders in it, in ordinal order, without hidden ones.</summary>
    public IReadOnlyList<string> Folders => _entries.Value.Folders;

    /// <summary>Names of the files in it, in ordinal order, without hidden ones.</summary>
    public IReadOnlyList<string> Files => _entries.Value.Files;

    /// <summary>The folder it lies in; null for a root.</summary>
    public PathLook? Parent => _parent.Value;

    /// <summary>What the beginning of a JSON file says; null when it does not begin as JSON does.</summary>
    public JsonHead? Json => _json.Value;

    /// <summary>As a path of a stage.</summary>
    public InputPath ToInput() => InputPath.Of(FullPath);

    /// <summary>What has a name, or a path with forward slashes, below this folder; null for nothing.</summary>
    public PathLook? Child(string name)
    {
        if (_children.TryGetValue(name, out PathLook? known)) return known;
        int cut = name.LastIndexOf('/');
        PathLook? folder = cut < 0 ? this : Child(name[..cut]);
        PathLook? child = folder is null ? null : new PathLook(Path.Join(folder.FullPath, name[(cut + 1)..]), folder);
        if (child is { IsFile: false, IsFolder: false }) child = null;
        return _children[name] = child;
    }

    /// <summary>The folder of the first of some names that is there.</summary>
    public PathLook? Folder(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            if (Child(name) is { IsFolder: true } folder) return folder;
        return null;
    }

    /// <summary>The files in it that have one of some extensions, given with their dot, in any case.</summary>
    public IEnumerable<string> FilesOf(params IEnumerable<string> extensions) =>
        Files.Where(f => extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase));

    /// <summary>The first bytes of the file; fewer when it has no more, none when it cannot be read.</summary>
    public byte[] Head(int count)
    {
        try
        {
            using FileStream stream = File.OpenRead(FullPath);
            byte[] head = new byte[(int)Math.Min(count, stream.Length)];
            return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The last bytes of the file as text; empty when it cannot be read.</summary>
    public string Tail(int count)
    {
        try
        {
            using FileStream stream = File.OpenRead(FullPath);
            stream.Seek(-Math.Min(count, stream.Length), SeekOrigin.End);
            byte[] tail = new byte[(int)Math.Min(count, stream.Length)];
            return Encoding.UTF8.GetString(tail, 0, stream.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <inheritdoc/>
    public override string ToString() => FullPath;

    private JsonHead? ReadJson() =>
        IsFile && FullPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? JsonHead.Read(Head(MostHeadBytes))
            : null;

    private sealed record FolderEntries(IReadOnlyList<string> Folders, IReadOnlyList<string> Files)
    {
        public static FolderEntries None { get; } = new([], []);

        public static FolderEntries Of(string path)
        {
            try
            {
                var entries = new DirectoryInfo(path).EnumerateFileSystemInfos().Take(MostEntries)
                    .Where(e => e.Name[0] != '.' && e.Name != "__MACOSX")
                    .ToLookup(e => e.Attributes.HasFlag(FileAttributes.Directory), e => e.Name);
                return new FolderEntries(Sorted(entries[true]), Sorted(entries[false]));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return None;
            }
        }

        private static string[] Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];
    }
}
