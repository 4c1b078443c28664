using SegPipeline.Model;

namespace SegPipeline.Stages;

/// <summary>A file of a release that is written before its name is known. Disposed of before it is placed, it is not in
/// the release.</summary>
public interface IUnnamedFile : IDisposable
{
    /// <summary>Gets the bytes, from front to back; its size and SHA-256 are taken as it is written.</summary>
    Stream Content { get; }

    /// <summary>Completes the file and gives it its name.</summary>
    /// <exception cref="BadDataException">The name collides with one that is already there.</exception>
    void Place(ReleaseName name);
}
