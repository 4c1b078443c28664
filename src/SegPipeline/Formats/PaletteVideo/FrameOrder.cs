using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Model;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>
/// Brings masks and pictures of a video together and in order: by the number that their names are, however many digits
/// it has; by name, ordinally, where some name is no number.
/// </summary>
internal static class FrameOrder
{
    /// <summary>The frames of a video.</summary>
    /// <param name="video">Name of the video.</param>
    /// <param name="masks">Its masks.</param>
    /// <param name="pictures">Its pictures; null when the reader was given none.</param>
    public static VideoEntry Arrange(
        string video, IReadOnlyList<ListedFile> masks, IReadOnlyList<ListedFile>? pictures)
    {
        bool isNumbered = masks.All(IsNumber) && (pictures is null || pictures.All(IsNumber));
        var frames = new SortedDictionary<(int Number, string Stem), FrameFiles>(ByNumber);
        foreach (ListedFile picture in pictures ?? [])
        {
            (int, string) key = KeyOf(picture, isNumbered);
            var frame = new FrameFiles(StemOf(picture), key.Item1, null, picture);
            if (!frames.TryAdd(key, frame)) return Twice(video, frames[key].Picture!.Value, picture);
        }
        foreach (ListedFile mask in masks)
        {
            (int, string) key = KeyOf(mask, isNumbered);
            bool isKnown = frames.TryGetValue(key, out FrameFiles frame);
            if (isKnown && frame.Mask is { } other) return Twice(video, other, mask);
            if (!isKnown && pictures is not null) return WithoutPicture(video, mask);
            frames[key] = isKnown ? frame with { Mask = mask } : new FrameFiles(StemOf(mask), key.Item1, mask, null);
        }
        return new VideoEntry(video, isNumbered
            ? [.. frames.Values]
            : [.. frames.Values.Select((frame, place) => frame with { Position = place })]);
    }

    private static Comparer<(int Number, string Stem)> ByNumber { get; } = Comparer<(int Number, string Stem)>.Create(
        (a, b) => a.Number != b.Number ? a.Number.CompareTo(b.Number) : string.CompareOrdinal(a.Stem, b.Stem));

    private static (int Number, string Stem) KeyOf(ListedFile file, bool isNumbered) =>
        isNumbered ? (NumberOf(file)!.Value, "") : (0, StemOf(file));

    private static bool IsNumber(ListedFile file) => NumberOf(file) is not null;

    private static int? NumberOf(ListedFile file)
    {
        ReadOnlySpan<char> stem = Path.GetFileNameWithoutExtension(file.FileName);
        return int.TryParse(stem, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }

    private static string StemOf(ListedFile file) => Path.GetFileNameWithoutExtension(file.FileName).ToString();

    private static VideoEntry Twice(string video, ListedFile first, ListedFile second) => new(video, [])
    {
        Problem = new Problem("DUPLICATE_FRAME",
            $"expected one file a frame, found '{first.Name}' and '{second.Name}' for the same")
        {
            Record = $"video {video}",
            Remedy = "remove one of them",
        },
    };

    private static VideoEntry WithoutPicture(string video, ListedFile mask) => new(video, [])
    {
        Problem = new Problem("MEDIA_MISSING", $"expected a picture for the mask '{mask.Name}', found none")
        {
            Record = $"video {video}",
            Remedy = "add the picture, or leave 'frames' out",
        },
    };
}
