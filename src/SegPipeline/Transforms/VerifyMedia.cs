using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>What to do about something that is wrong with a picture. It is counted in any case.</summary>
public enum MediaPolicy
{
    /// <summary>The sample is bad: it is rejected, or ends the run, as <c>on_error</c> says.</summary>
    Reject,

    /// <summary>A warning names it, and the sample goes on.</summary>
    Warn,

    /// <summary>The sample goes on.</summary>
    Ignore,
}

/// <summary>What to do about a size that is not that of the picture. It is counted in any case.</summary>
public enum SizePolicy
{
    /// <summary>The sample is bad: it is rejected, or ends the run, as <c>on_error</c> says.</summary>
    Reject,

    /// <summary>A warning names it, and the sample goes on.</summary>
    Warn,

    /// <summary>The sample goes on with the size of the picture as stored; shapes and boxes stay as they are.</summary>
    Fix,

    /// <summary>The sample goes on.</summary>
    Ignore,
}

/// <summary>What becomes of the SHA-256 of the pictures.</summary>
public enum MediaDigest
{
    /// <summary>It is not taken.</summary>
    None,

    /// <summary>It goes into the record of the image as the member <c>sha256</c>, a list of them for a video.</summary>
    Add,
}

/// <summary>
/// Holds pictures against what the dataset says of them, without decoding: whether they are there and are pictures,
/// have the width and height of the record (exchanged ones are told as such), are not cut short, and have no EXIF
/// orientation by which viewers exchange width and height. Works on JPEG, PNG, WebP, BMP and TIFF.
/// </summary>
/// <example>checked: { verify_media: { size: fix, exif: warn, missing: reject } }</example>
/// <remarks>Objects365 has all of these: pictures that are missing, cut short, turned by EXIF, and records with width
/// and height exchanged.</remarks>
[Stage("verify_media")]
public sealed record VerifyMedia : Transform
{
    /// <summary>What to do about a picture that is not there, or is none.</summary>
    public MediaPolicy Missing { get; init; }

    /// <summary>What to do about a width and height that are not those of the picture as stored. A size that the source
    /// does not state is taken from the picture by <c>fix</c>, and is no finding otherwise.</summary>
    public SizePolicy Size { get; init; }

    /// <summary>What to do about an EXIF orientation that exchanges width and height, when the record has the size as
    /// stored.</summary>
    public MediaPolicy Exif { get; init; } = MediaPolicy.Warn;

    /// <summary>What to do about a file that ends too early (not told of BMP and TIFF).</summary>
    public MediaPolicy Truncated { get; init; }

    /// <summary>What becomes of the SHA-256 of the pictures.</summary>
    public MediaDigest Digest { get; init; }

    /// <inheritdoc/>
    public override bool KeepsSamples => true;

    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context) => (sample, output) =>
    {
        var findings = new VerifyMediaFindings(this, output);
        ImmutableArray<Frame> frames = [.. sample.Frames.Select(findings.Check)];
        if (findings.Rejected.Count > 0) throw new BadDataException(findings.Rejected);
        foreach (Problem problem in findings.Warned) context.Warn(problem.ToString());
        bool isFixed = !frames.SequenceEqual(sample.Frames);
        if (isFixed) sample = sample with { Frames = frames, RecordChanged = true };
        output.Emit(Digest == MediaDigest.None ? sample : WithDigest(sample));
    };

    private static Sample WithDigest(Sample sample)
    {
        string?[] digests = [.. sample.Frames.Select(frame => frame.Photo is null ? null : DigestOf(frame.Photo))];
        string json = sample.Kind == SampleKind.Video
            ? JsonSerializer.Serialize(digests)
            : JsonSerializer.Serialize(digests[0]);
        return sample with { ExtraMembers = sample.ExtraMembers.SetItem("sha256", json) };
    }

    private static string? DigestOf(Photo photo)
    {
        try
        {
            using Stream file = photo.OpenRead();
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (BadDataException e) when (e.Problems[0].Code == "MEDIA_MISSING")
        {
            // What to do about it was decided by 'missing'.
            return null;
        }
    }
}
