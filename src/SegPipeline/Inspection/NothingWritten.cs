using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Inspection;

/// <summary>A release folder that nothing may be written into.</summary>
internal sealed class NothingWritten : IReleaseFolder
{
    /// <inheritdoc/>
    public Stream CreateFile(ReleaseName name) => throw Refused(name);

    /// <inheritdoc/>
    public IUnnamedFile CreateUnnamed() => throw Refused();

    /// <inheritdoc/>
    public void AddPhoto(ReleaseName name, Photo photo, MediaTransfer transfer) => throw Refused(name);

    /// <inheritdoc/>
    public FileStream CreateScratchFile() => throw Refused();

    /// <inheritdoc/>
    public void CountRecords(ReleaseName name, string what, long count)
    {
    }

    private static InvalidOperationException Refused(ReleaseName? name = null) =>
        new(name is null ? "an inspection writes nothing" : $"an inspection writes nothing, not even '{name}'");
}
