using System.Collections.Immutable;
using System.Text.Json.Nodes;
using SegPipeline.Stages;
using static System.FormattableString;

namespace SegPipeline.Releases.Croissant;

/// <summary>
/// The files of a release: each of its own, but for pictures in folders and long lists of files of one kind, which are
/// described together by patterns.
/// </summary>
internal sealed class Distribution
{
    private const int MostAlone = 20;

    private readonly SortedDictionary<string, ReleaseFile> _alone = new(StringComparer.Ordinal);
    private readonly List<(FileSet Set, string Id)> _sets = [];
    private readonly ImmutableArray<ReleaseFile> _all;
    private readonly Dictionary<string, string> _idOfFiles = new(StringComparer.Ordinal);

    /// <summary>Sorts the files of a release.</summary>
    /// <param name="files">The files.</param>
    /// <param name="tables">The tables in them.</param>
    /// <param name="ids">The ids in use.</param>
    public Distribution(ImmutableArray<ReleaseFile> files, ImmutableArray<RecordTable> tables, IdRegister ids)
    {
        _all = files;
        var rest = files.ToDictionary(f => f.Name.Value, StringComparer.Ordinal);
        foreach (RecordTable table in tables) TakeFilesOf(table, rest);
        TakeSets(rest);
        foreach (var (name, file) in rest) _alone[name] = file;
        foreach (string name in _alone.Keys) _idOfFiles[name] = ids.Take(UrlOf(name));
        _sets = [.. _sets.Select(s => (s.Set, ids.Take(s.Id)))];
        foreach ((FileSet set, string id) in _sets) _idOfFiles.TryAdd(set.Name, id);
    }

    /// <summary>The pictures that no table is made of, folder by folder, with the ids of their sets.</summary>
    public IEnumerable<(FileSet Set, string Id)> Pictures => _sets.Where(
        s => MediaType.IsPicture(s.Set.Type) && !s.Set.Name.Contains('*', StringComparison.Ordinal));

    /// <summary>The id of what a table is in; null when nothing of it was written.</summary>
    public string? IdOf(RecordTable table) => _idOfFiles.GetValueOrDefault(table.Files);

    /// <summary>The description.</summary>
    public JsonArray ToJson() =>
    [
        .. _alone.Values.Select(file => (JsonNode)FileObject(file)),
        .. _sets.Select(s => (JsonNode)FileSetObject(s.Set, s.Id)),
    ];

    private void TakeFilesOf(RecordTable table, Dictionary<string, ReleaseFile> rest)
    {
        if (!table.IsOfManyFiles)
        {
            if (rest.Remove(table.Files, out ReleaseFile? file)) _alone[table.Files] = file;
            return;
        }
        string[] names = [.. rest.Keys.Where(name => FileSet.Fits(table.Files, name)).Order(StringComparer.Ordinal)];
        if (names.Length == 0) return;
        foreach (string name in names) rest.Remove(name);
        var set = new FileSet(table.Files, MediaType.Of(table.Files), [.. names]);
        if (!table.Files.Contains("**", StringComparison.Ordinal)) set = set with { Includes = [table.Files] };
        _sets.Add((set, PlainId(table.Files)));
    }

    private void TakeSets(Dictionary<string, ReleaseFile> rest)
    {
        var groups = rest.Keys.Where(HasPlainEnd)
            .GroupBy(name => (Folder: FolderOf(name), Type: MediaType.Of(name)))
            .Where(g => g.Count() > MostAlone || (g.Key.Folder.Length > 0 && MediaType.IsPicture(g.Key.Type)))
            .OrderBy(g => g.Key.Folder, StringComparer.Ordinal).ThenBy(g => g.Key.Type, StringComparer.Ordinal)
            .ToList();
        foreach (var group in groups)
        {
            string[] names = [.. group.Order(StringComparer.Ordinal)];
            foreach (string name in names) rest.Remove(name);
            string called = $"{group.Key.Folder}{group.Key.Type.Split('/')[1]}";
            _sets.Add((new FileSet(called, group.Key.Type, [.. names]), PlainId(called)));
        }
    }

    private JsonObject FileObject(ReleaseFile file)
    {
        string name = file.Name.Value;
        return new JsonObject
        {
            ["@type"] = "cr:FileObject",
            ["@id"] = _idOfFiles[name],
            ["name"] = name,
            ["contentUrl"] = UrlOf(name),
            ["contentSize"] = Invariant($"{file.Digest.SizeBytes} B"),
            ["encodingFormat"] = MediaType.Of(name),
            ["sha256"] = file.Digest.Sha256,
        };
    }

    private JsonObject FileSetObject(FileSet set, string id)
    {
        var described = new JsonObject
        {
            ["@type"] = "cr:FileSet",
            ["@id"] = id,
            ["name"] = id,
            ["encodingFormat"] = set.Type,
            ["includes"] = new JsonArray([.. set.Includes.Select(p => (JsonNode)Escaped(p))]),
        };
        var members = set.Files.ToHashSet(StringComparer.Ordinal);
        string[] others = [.. _all.Select(f => f.Name.Value).Where(n => set.Fits(n) && !members.Contains(n))];
        if (others.Length > 0) described["excludes"] = new JsonArray([.. others.Select(n => (JsonNode)Escaped(n))]);
        return described;
    }

    private static string FolderOf(string name) => name[..(name.IndexOf('/', StringComparison.Ordinal) + 1)];

    private static bool HasPlainEnd(string name) => Path.GetExtension(name) is { Length: > 1 } end &&
        end.AsSpan(1).IndexOfAnyExcept(PlainLetters) < 0;

    private static readonly System.Buffers.SearchValues<char> PlainLetters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>The brackets that a pattern takes for a choice of letters, each as the only choice.</summary>
    private static string Escaped(string pattern) => pattern.Replace("[", "[[]", StringComparison.Ordinal);

    private static string UrlOf(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));

    private static string PlainId(string text)
    {
        string plain = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' ? c : '-'));
        return string.Join('-', plain.Split('-', StringSplitOptions.RemoveEmptyEntries));
    }
}
