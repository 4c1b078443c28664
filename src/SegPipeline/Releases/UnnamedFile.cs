using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>A file that grows beside a release and is moved into it when it has a name, so that no byte is written
/// twice.</summary>
internal sealed class UnnamedFile : IUnnamedFile
{
    private readonly string _path;
    private readonly Action<ReleaseName, string, FileDigest> _place;
    private readonly HashedFileStream _content;
    private FileDigest? _digest;
    private bool _isPlaced;

    /// <param name="path">Where it grows, on the same disk as the release.</param>
    /// <param name="place">Moves the file, which is whole, from there into the release.</param>
    public UnnamedFile(string path, Action<ReleaseName, string, FileDigest> place)
    {
        (_path, _place) = (path, place);
        _content = new HashedFileStream(path, digest => _digest = digest);
    }

    /// <inheritdoc/>
    public Stream Content => _content;

    /// <inheritdoc/>
    public void Place(ReleaseName name)
    {
        _content.Dispose();
        _place(name, _path, _digest ?? throw new InvalidOperationException("what was written before is not whole"));
        _isPlaced = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _content.Dispose();
        if (!_isPlaced) File.Delete(_path);
    }
}
