using System.Text.RegularExpressions;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>What is drawn as a whole.</summary>
public enum DrawBy
{
    /// <summary>Each sample by itself, image or video.</summary>
    Sample,

    /// <summary>Each image by itself; an error on a dataset of videos.</summary>
    Image,

    /// <summary>Each video by itself; images together that have the same member <c>video_id</c>, for which all of them
    /// must be looked at.</summary>
    Video,

    /// <summary>All samples of one folder together: the part of the key before its last slash.</summary>
    Folder,

    /// <summary>All samples together in whose key the <c>group</c> expression finds the same text.</summary>
    Group,
}

/// <summary>The samples of a dataset put together to units that must not be parted.</summary>
/// <param name="Names">What the samples of each unit have in common, in the order of their first samples.</param>
/// <param name="OfSample">The unit of each sample, an index into <paramref name="Names"/>.</param>
internal sealed record DrawUnits(IReadOnlyList<string> Names, int[] OfSample)
{
    // An id cannot have a raw line feed.
    private const char VideoEnd = '\n';

    /// <summary>What is wrong with the keys of a stage, as <see cref="Stage.Check"/> says it.</summary>
    public static IEnumerable<string> Check(DrawBy by, string? group)
    {
        if (by == DrawBy.Group && group is null)
            yield return "'by: group' needs 'group', a regular expression over the key";
        if (by != DrawBy.Group && group is not null) yield return "'group' needs 'by: group'";
        if (group is not null && Fault(group) is { } fault)
            yield return $"'group' is not a regular expression without look-around and back-references: {fault}";
    }

    /// <summary>The only kind of samples that can be drawn so; null for both.</summary>
    public static SampleKind? KindOf(DrawBy by) => by switch
    {
        DrawBy.Image => SampleKind.Image,
        _ => null,
    };

    /// <summary>Refuses videos where images are named.</summary>
    /// <exception cref="BadDataException">The dataset is of the other kind.</exception>
    public static DatasetInfo CheckKind(DrawBy by, DatasetInfo input) => (by, input.Kind) switch
    {
        (DrawBy.Image, SampleKind.Video) => throw new BadDataException(new Problem("KIND",
            "'by: image' needs a dataset of images, this one is of videos")
        { Remedy = "write 'by: video'" }),
        _ => input,
    };

    /// <summary>Whether the units follow from the keys of samples alone.</summary>
    public static bool FollowFromKeys(DrawBy by, SampleKind kind) => by != DrawBy.Video || kind == SampleKind.Video;

    /// <summary>What a draw must know of a sample beyond its key: its video, where images are drawn by video, and its
    /// categories.</summary>
    /// <exception cref="BadDataException">The image says of no video.</exception>
    public static string Observe(Sample sample, DrawBy by, Stratify stratify)
    {
        string labels = stratify == Stratify.None ? "" : UnitLabels.Observe(sample);
        return FollowFromKeys(by, sample.Kind) ? labels : VideoOf(sample) + VideoEnd + labels;
    }

    /// <summary>The video that an image is a frame of: the text of its member <c>video_id</c>.</summary>
    /// <exception cref="BadDataException">The image has no such member.</exception>
    public static string VideoOf(Sample image) => image.MemberText("video_id") is { } text and not "null"
        ? text
        : throw new BadDataException(new Problem("NO_VIDEO", "the image has no member 'video_id' that tells its video")
        {
            Remedy = "write 'folder' in place of 'video' where every video has a folder of its own",
        });

    /// <summary>The candidates as a draw of a dataset knows them: images that are drawn by video under its name, with
    /// their categories only.</summary>
    public static IReadOnlyList<Candidate> Named(IReadOnlyList<Candidate> candidates, DrawBy by, DatasetInfo input)
    {
        if (FollowFromKeys(by, input.Kind)) return candidates;
        return [.. candidates.Select(candidate =>
        {
            int end = candidate.Observed!.IndexOf(VideoEnd, StringComparison.Ordinal);
            return new Candidate(candidate.Observed[..end], candidate.Observed[(end + 1)..]);
        })];
    }

    /// <summary>Puts samples together by their keys.</summary>
    /// <exception cref="BadDataException">The expression finds nothing in some key.</exception>
    public static DrawUnits Of(IReadOnlyList<Candidate> candidates, DrawBy by, string? group)
    {
        Func<string, string> nameOf = Namer(by, group);
        var names = new List<string>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] ofSample = new int[candidates.Count];
        for (int i = 0; i < ofSample.Length; i++)
        {
            string name = nameOf(candidates[i].Key);
            if (!numbers.TryGetValue(name, out int unit))
            {
                unit = names.Count;
                numbers.Add(name, unit);
                names.Add(name);
            }
            ofSample[i] = unit;
        }
        return new DrawUnits(names, ofSample);
    }

    /// <summary>The units in their random order, the first to be drawn first.</summary>
    /// <param name="seed">The pipeline's seed.</param>
    /// <param name="salt">What tells one draw from another; see <see cref="SampleRank.Of"/>.</param>
    public int[] InRandomOrder(long seed, string salt)
    {
        SampleRank[] ranks = [.. Names.Select(name => SampleRank.Of(seed, salt, name))];
        int[] units = [.. Enumerable.Range(0, Names.Count)];
        Array.Sort(ranks, units, Comparer<SampleRank>.Default);
        return units;
    }

    private static Func<string, string> Namer(DrawBy by, string? group)
    {
        if (by == DrawBy.Folder) return key => key[..Math.Max(key.LastIndexOf('/'), 0)];
        if (by != DrawBy.Group) return key => key;
        var expression = Compile(group!);
        return key =>
        {
            Match match = expression.Match(key);
            if (!match.Success)
                throw new BadDataException(new Problem("NO_GROUP", $"'group: {group}' finds nothing in the key '{key}'")
                {
                    Remedy = "widen the expression so that every key has a group",
                });
            return match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;
        };
    }

    // Linear in the length of the key, whatever the expression, and the same in every culture.
    private static Regex Compile(string group) =>
        new(group, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static string? Fault(string group)
    {
        try
        {
            Compile(group);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return e.Message.TrimEnd('.');
        }
    }
}
