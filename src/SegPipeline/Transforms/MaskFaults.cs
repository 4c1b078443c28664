using SegPipeline.Masks;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>Turns what is wrong with masks into bad data of a sample.</summary>
internal static class MaskFaults
{
    /// <summary>Does some work on the masks of a sample.</summary>
    /// <exception cref="BadDataException">Masks differ in size; says of which sample.</exception>
    public static T Told<T>(Sample sample, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (MaskFormatException e)
        {
            throw new BadDataException(new Problem(e.Code, $"the masks of '{sample.Key}' do not fit: {e.Message}")
            {
                Remedy = "give all masks of a frame its size; a mask is never resized silently",
            }, e);
        }
    }
}
