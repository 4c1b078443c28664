using System.Runtime.ExceptionServices;

namespace SegPipeline.Engine;

/// <summary>Closes several things, all of them, whatever one of them throws.</summary>
internal static class Disposal
{
    /// <summary>Disposes of everything in the list, last first; then throws what was thrown first, if
    /// anything.</summary>
    public static void Of(IReadOnlyList<IDisposable?> things)
    {
        ExceptionDispatchInfo? failure = null;
        for (int i = things.Count - 1; i >= 0; i--)
        {
            try
            {
                things[i]?.Dispose();
            }
            catch (Exception e)
            {
                failure ??= ExceptionDispatchInfo.Capture(e);
            }
        }
        failure?.Throw();
    }
}
