using System.Runtime.ExceptionServices;

namespace SegPipeline.Engine;

/// <summary>Closes several things, all of them, whatever one of them throws.</summary>
internal static class Disposal
{
    /// <summary>Uses something and disposes of it; when the use fails, that is what is thrown.</summary>
    public static async Task<TResult> AfterAsync<TResult>(IDisposable thing, Func<Task<TResult>> use)
    {
        TResult result;
        try
        {
            result = await use();
        }
        catch
        {
            AfterFailure(thing);
            throw;
        }
        thing.Dispose();
        return result;
    }

    /// <summary>Disposes of something after a failure that must not be covered up by another.</summary>
    public static void AfterFailure(IDisposable thing)
    {
        try
        {
            thing.Dispose();
        }
        catch (Exception)
        {
            // The failure before this one is the one to tell of.
        }
    }

    /// <summary>Disposes of all, last first; then throws what was thrown first, if anything.</summary>
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
