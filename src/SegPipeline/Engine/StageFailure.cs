using SegPipeline.Model;

namespace SegPipeline.Engine;

/// <summary>Tells apart what a stage may throw and what it must not.</summary>
internal static class StageFailure
{
    /// <summary>
    /// True for an exception that only a mistake in the program explains; false for bad data, for what disks and
    /// networks do, and for a fault that has been named already.
    /// </summary>
    public static bool IsFault(Exception exception) => exception is not (
        BadDataException or IOException or UnauthorizedAccessException or EngineFaultException);
}
