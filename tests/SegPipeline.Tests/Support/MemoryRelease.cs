using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Support;

/// <summary>A release folder whose files stay in memory; scratch files are temporary ones on disk.</summary>
internal sealed class MemoryRelease : IReleaseFolder
{
    private readonly Dictionary<string, MemoryStream> _files = new(StringComparer.Ordinal);

    /// <summary>Everything that was counted: <c>a.json images 3</c>.</summary>
    public List<string> Counts { get; } = [];

    /// <summary>Names of the files, sorted.</summary>
    public IEnumerable<string> Names => _files.Keys.Order(StringComparer.Ordinal);

    /// <summary>The bytes of a file that was written to its end.</summary>
    public byte[] Bytes(string name)
    {
        Assert.False(_files[name].CanWrite, $"{name} was not closed");
        return _files[name].ToArray();
    }

    /// <summary>The text of a file that was written to its end.</summary>
    public string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    public Stream CreateFile(ReleaseName name)
    {
        var file = new MemoryStream();
        _files.Add(name.Value, file);
        return file;
    }

    public void AddPhoto(ReleaseName name, Photo photo, MediaTransfer transfer)
    {
        if (transfer == MediaTransfer.None) return;
        using Stream source = photo.OpenRead();
        using Stream target = CreateFile(name);
        source.CopyTo(target);
    }

    public FileStream CreateScratchFile() => new(
        Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);

    public void CountRecords(ReleaseName name, string what, long count) => Counts.Add($"{name} {what} {count}");
}
