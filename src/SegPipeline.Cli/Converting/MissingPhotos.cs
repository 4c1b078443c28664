using System.Collections.Immutable;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Cli.Converting;

/// <summary>How many photos of datasets are missing: a release ends at the first, and whoever has to find them wants to
/// know whether it is one or all.</summary>
internal static class MissingPhotos
{
    private const int MostLookedFor = 10_000;
    private const int MostNamed = 3;

    /// <summary>How many, and the first, as a sentence; null when not more than one is.</summary>
    /// <param name="readers">What reads the datasets.</param>
    public static string? In(IEnumerable<Reader> readers)
    {
        int all = 0;
        var missing = new List<string>();
        foreach (Frame frame in readers.SelectMany(FramesOf).Where(f => f.Photo?.FilePath is not null)
            .Take(MostLookedFor))
        {
            all++;
            if (!File.Exists(frame.Photo!.FilePath)) missing.Add(frame.Name);
        }
        if (missing.Count < 2) return null;
        string first = all == MostLookedFor ? "the first " : "";
        string more = missing.Count > MostNamed ? $" and {missing.Count - MostNamed} more" : "";
        return $"{missing.Count} of {first}{all} photos are missing: " +
            $"{string.Join(", ", missing.Take(MostNamed))}{more}.";
    }

    private static IEnumerable<Frame> FramesOf(Reader reader)
    {
        using OpenDataset dataset = reader.Open(new StageContext("look", 0));
        for (int i = 0; i < dataset.Plan.Count; i++)
            foreach (Frame frame in FramesOf(dataset, i)) yield return frame;
    }

    // A sample that is bad would have its own message, had the release come so far.
    private static ImmutableArray<Frame> FramesOf(OpenDataset dataset, int index)
    {
        try
        {
            return dataset.Read(index).Frames;
        }
        catch (BadDataException)
        {
            return [];
        }
    }
}
