using System.Globalization;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>
/// Images in their order as frames of one video: by the member <c>frame_id</c> where all have it, else by the last
/// number in their file names where no two have the same, else by key, numbers in it by their value.
/// </summary>
internal static class FrameSequence
{
    /// <summary>Orders images, each with its number in the video.</summary>
    /// <param name="video">Key of the video, for messages.</param>
    /// <param name="images">The images.</param>
    /// <exception cref="BadDataException">Two have the same <c>frame_id</c>.</exception>
    public static List<(Sample Image, int Position)> Order(string video, IReadOnlyList<Sample> images)
    {
        int?[] positions = [.. images.Select(image => Whole(image.MemberText("frame_id")))];
        if (!positions.Contains(null)) return Sort(video, images, positions);
        positions = [.. images.Select(image => LastNumber(image.Frame.Name))];
        if (!positions.Contains(null) && positions.Distinct().Count() == positions.Length)
            return Sort(video, images, positions);
        return [.. images.OrderBy(image => image.Key, NaturalOrder.Instance).Select((image, i) => (image, i))];
    }

    private static List<(Sample Image, int Position)> Sort(
        string video, IReadOnlyList<Sample> images, int?[] positions)
    {
        List<(Sample Image, int Position)> sorted =
            [.. images.Select((image, i) => (image, positions[i]!.Value)).OrderBy(frame => frame.Value)];
        for (int i = 1; i < sorted.Count; i++)
            if (sorted[i].Position == sorted[i - 1].Position)
                throw new BadDataException(new Problem("FRAME_TWICE",
                    $"'{sorted[i - 1].Image.Key}' and '{sorted[i].Image.Key}' are both frame {sorted[i].Position} of " +
                    $"video '{video}'")
                {
                    Remedy = "drop one of them, or correct their 'frame_id'",
                });
        return sorted;
    }

    private static int? Whole(string? json) =>
        int.TryParse(json, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static int? LastNumber(string name)
    {
        ReadOnlySpan<char> stem = Path.GetFileNameWithoutExtension(name.AsSpan(name.LastIndexOfAny(['/', '\\']) + 1));
        int end = stem.LastIndexOfAnyInRange('0', '9') + 1;
        int start = stem[..end].LastIndexOfAnyExceptInRange('0', '9') + 1;
        return int.TryParse(stem[start..end], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
    }
}
