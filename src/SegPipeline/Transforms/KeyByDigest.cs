using System.Security.Cryptography;
using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Transforms;

/// <summary>
/// Identifies images by their content: the key becomes the SHA-256 of the picture's bytes (of a video, of the digests
/// of its frames). Put behind the readers of two datasets, it lets joins such as <c>merge</c> find pictures that are
/// the same under different names. File names and ids stay. Every picture is read; a join behind it says so when a
/// dataset has a picture twice.
/// </summary>
/// <example>same: { key_by_digest: {} }</example>
[Stage("key_by_digest")]
public sealed record KeyByDigest : Transform
{
    /// <inheritdoc/>
    public override Action<Sample, StageOutput> Prepare(DatasetInfo input, StageContext context) =>
        (sample, output) => output.Emit(sample with { Key = KeyOf(sample) });

    private static string KeyOf(Sample sample)
    {
        string[] digests = [.. sample.Frames.Select(frame => DigestOf(frame, sample))];
        if (sample.Kind == SampleKind.Image) return digests[0];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', digests))));
    }

    private static string DigestOf(Frame frame, Sample sample)
    {
        if (frame.Photo is not { } photo)
            throw new BadDataException(new Problem("NO_PICTURE",
                $"'{frame.Name}' of '{sample.Key}' has no picture to be identified by")
            { Remedy = "give the reader its folder of pictures" });
        using Stream stream = photo.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
