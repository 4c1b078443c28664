using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Support;

/// <summary>A release that stays in memory; scratch files lie in a folder of their own.</summary>
internal sealed class TestReleaseFolder : IReleaseFolder, IDisposable
{
    private readonly TempFolder _scratch = new();
    private readonly Dictionary<string, MemoryStream> _files = new(StringComparer.Ordinal);
    private int _scratchFiles;

    /// <summary>The pictures that were added: place, file, transfer.</summary>
    public List<(string Name, string? FilePath, MediaTransfer Transfer)> Photos { get; } = [];

    /// <summary>How many records each file holds: <c>file what count</c>.</summary>
    public List<string> Records { get; } = [];

    /// <summary>Names of the files that were written.</summary>
    public IEnumerable<string> Names => _files.Keys.Order(StringComparer.Ordinal);

    /// <summary>The text of a file.</summary>
    public string this[string name] => Encoding.UTF8.GetString(_files[name].ToArray());

    /// <summary>The bytes of a file.</summary>
    public byte[] Bytes(string name) => _files[name].ToArray();

    public Stream CreateFile(ReleaseName name)
    {
        var stream = new MemoryStream();
        _files.Add(name.Value, stream);
        return stream;
    }

    public IUnnamedFile CreateUnnamed() => new Unnamed(_files);

    public void AddPhoto(ReleaseName name, Photo photo, MediaTransfer transfer) =>
        Photos.Add((name.Value, photo.FilePath, transfer));

    public FileStream CreateScratchFile() =>
        new(_scratch[$"{_scratchFiles++}"], FileMode.CreateNew, FileAccess.ReadWrite);

    public void CountRecords(ReleaseName name, string what, long count) => Records.Add($"{name} {what} {count}");

    public void Dispose() => _scratch.Dispose();

    private sealed class Unnamed(Dictionary<string, MemoryStream> files) : IUnnamedFile
    {
        private readonly MemoryStream _content = new();

        public Stream Content => _content;

        public void Place(ReleaseName name) => files.Add(name.Value, _content);

        public void Dispose()
        {
        }
    }
}
