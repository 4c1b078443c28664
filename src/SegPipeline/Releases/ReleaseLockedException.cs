using SegPipeline.Model;

namespace SegPipeline.Releases;

/// <summary>
/// Thrown when another run is writing the same release at this moment. Passes by itself; a command ends with exit
/// code 75.
/// </summary>
/// <param name="folder">The release folder.</param>
/// <param name="inner">What the system said.</param>
public sealed class ReleaseLockedException(string folder, Exception inner)
    : Exception($"another run is writing the release '{folder}'", inner)
{
    /// <summary>What the user must be told.</summary>
    public Problem Problem { get; } = new("RELEASE_LOCKED", "another run is writing this release")
    {
        File = folder,
        Remedy = "wait for it to end, or write to another folder",
    };
}
