using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Inspection;

/// <summary>A release folder that nothing may be written into.</summary>
internal sealed class NothingWritten : IReleaseFolder
{
    /// <inheritdoc/>
    public Stream CreateFile(ReleaseName name) => throw Refused(name);

    /// <inheritdoc/>
    public void AddPhoto(ReleaseName name, Photo photo, MediaTransfer transfer) => throw Refused(name);

    /// <inheritdoc/>
    public FileStream CreateScratchFile() => throw new InvalidOperationException("an inspection writes nothing");

    /// <inheritdoc/>
    public void CountRecords(ReleaseName name, string what, long count)
    {
    }

    private static InvalidOperationException Refused(ReleaseName name) =>
        new($"an inspection writes nothing, not even '{name}'");
}
