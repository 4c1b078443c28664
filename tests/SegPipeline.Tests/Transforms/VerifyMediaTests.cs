using SegPipeline.Imaging;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;
using SegPipeline.Transforms;

namespace SegPipeline.Tests.Transforms;

/// <summary>Pictures are 20 x 10 pixels.</summary>
public sealed class VerifyMediaTests : IDisposable
{
    private static readonly VerifyMedia Lenient = new()
    {
        Missing = MediaPolicy.Warn,
        Size = SizePolicy.Warn,
        Truncated = MediaPolicy.Warn,
    };

    private static readonly byte[] Jpeg = new JpegCodec(quality: 90).Encode(new RgbPixels(20, 10, new byte[600]));
    private static readonly byte[] Png = new PngCodec().Encode(new RgbPixels(20, 10, new byte[600]));

    private readonly TempFolder _folder = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _folder.Dispose();

    private Sample Picture(byte[]? file, int widthPx = 20, int heightPx = 10)
    {
        if (file is not null) File.WriteAllBytes(_folder["a"], file);
        return StageHarness.Image("k") with
        {
            Frames = [new Frame("a", widthPx, heightPx) { Photo = new PhotoFile(_folder["a"]) }],
        };
    }

    private StageResult Run(VerifyMedia stage, Sample sample)
    {
        var output = new StageOutput();
        var context = new StageContext("stage", Seed: 1) { Warn = _warnings.Add };
        stage.Prepare(new DatasetInfo(), context)(sample, output);
        return new StageResult(output);
    }

    private static byte[] Turned(byte[] jpeg) => OrientationTag.Insert(jpeg, PhotoFormat.Jpeg, orientation: 6);

    [Fact]
    public void A_picture_that_is_as_the_dataset_says_passes_untouched()
    {
        foreach (byte[] file in new[] { Jpeg, Png, [.. Jpeg, .. new byte[9000]] })
        {
            Sample sample = Picture(file);
            StageResult result = Run(new VerifyMedia(), sample);
            Assert.Same(sample, result.Only);
            Assert.Empty(result.Tallies);
        }
    }

    [Fact]
    public void Each_finding_rejects_the_sample_and_says_what_was_found()
    {
        var strict = new VerifyMedia { Exif = MediaPolicy.Reject };
        AssertRejected(strict, Picture(null), "MEDIA_MISSING", "cannot be opened");
        AssertRejected(strict, StageHarness.Image("k"), "MEDIA_MISSING", "has no picture");
        AssertRejected(strict, Picture([.. "GIF89a"u8]), "MEDIA_FORMAT", "47 49");
        AssertRejected(strict, Picture(Jpeg, 21), "MEDIA_SIZE", "says 21x10, the picture is 20x10");
        AssertRejected(strict, Picture(Jpeg, 10, 20), "MEDIA_SIZE", "width and height are exchanged");
        AssertRejected(strict, Picture(Turned(Jpeg), 10, 20), "MEDIA_SIZE", "as EXIF orientation 6 shows it");
        AssertRejected(strict, Picture(Turned(Jpeg)), "MEDIA_TURNED", "viewers show 10x20");
        AssertRejected(strict, Picture(Jpeg[..^2]), "MEDIA_TRUNCATED", "no end-of-image marker");
        AssertRejected(strict, Picture(Png[..^12]), "MEDIA_TRUNCATED", "no IEND");
    }

    private void AssertRejected(VerifyMedia stage, Sample sample, string code, string says)
    {
        Problem problem = Assert.Single(
            Assert.Throws<BadDataException>(() => Run(stage, sample)).Problems);
        Assert.Equal(code, problem.Code);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_can_be_a_warning_and_is_counted()
    {
        Assert.Equal(["Note size exchanged 1"], Run(Lenient, Picture(Jpeg, 10, 20)).Tallies);
        Assert.Equal(["Note size as turned by EXIF 1"], Run(Lenient, Picture(Turned(Jpeg), 10, 20)).Tallies);
        Assert.Equal(["Note turned by EXIF 1"], Run(Lenient, Picture(Turned(Jpeg))).Tallies);
        Assert.Equal(["Note cut short 1", "Note wrong size 1"], Run(Lenient, Picture(Jpeg[..^2], 3)).Tallies);
        Assert.Equal(["Note not a picture 1"], Run(Lenient, Picture([1, 2, 3])).Tallies);
        Assert.Equal(6, _warnings.Count);
        Assert.All(_warnings, warning => Assert.Contains(_folder["a"], warning, StringComparison.Ordinal));
    }

    [Fact]
    public void A_finding_can_be_counted_alone()
    {
        var silent = new VerifyMedia { Missing = MediaPolicy.Ignore, Size = SizePolicy.Ignore };

        Assert.Equal(["Note wrong size 1"], Run(silent, Picture(Jpeg, 5)).Tallies);
        Assert.Equal(["Note no picture 1"], Run(silent, StageHarness.Image("k")).Tallies);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_wrong_size_is_corrected_and_a_missing_one_filled_in()
    {
        var stage = new VerifyMedia { Size = SizePolicy.Fix };

        StageResult corrected = Run(stage, Picture(Jpeg, 10, 20)), filled = Run(stage, Picture(Jpeg, 0, 0));

        Assert.Equal((20, 10, true),
            (corrected.Only.Frame.WidthPx, corrected.Only.Frame.HeightPx, corrected.Only.RecordChanged));
        Assert.Equal(["Note size exchanged 1", "Note sizes corrected 1"], corrected.Tallies);
        Assert.Equal((20, 10), (filled.Only.Frame.WidthPx, filled.Only.Frame.HeightPx));
        Assert.Equal(["Note sizes filled in 1"], filled.Tallies);
        Assert.Equal(0, Run(new VerifyMedia(), Picture(Jpeg, 0, 0)).Only.Frame.WidthPx);
    }

    [Fact]
    public void The_digest_goes_into_the_record()
    {
        string digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Jpeg));
        var stage = new VerifyMedia { Digest = MediaDigest.Add, Missing = MediaPolicy.Ignore };
        Sample video = StageHarness.Video("v", 2);
        video = video with { Frames = [Picture(Jpeg).Frame, video.Frames[1]] };

        Assert.Equal($"\"{digest}\"", Run(stage, Picture(Jpeg)).Only.ExtraMembers["sha256"]);
        Assert.Equal($"[\"{digest}\",null]", Run(stage, video).Only.ExtraMembers["sha256"]);
    }

    [Fact]
    public void Of_a_long_file_only_the_end_is_read_unless_something_stands_behind_it()
    {
        byte[] middle = new byte[20_000];

        Assert.Empty(Run(new VerifyMedia(), Picture([.. Jpeg[..^2], .. middle, .. Jpeg[^2..]])).Tallies);
        Assert.Empty(Run(new VerifyMedia(), Picture([.. Jpeg, .. middle])).Tallies);
        Assert.Equal(["Note cut short 1"], Run(Lenient, Picture([.. Jpeg[..^2], .. middle])).Tallies);
    }

    [Fact]
    public void A_WebP_that_is_shorter_than_it_says_is_cut_short()
    {
        byte[] webp =
        [
            .. "RIFF"u8, 40, 0, 0, 0, .. "WEBPVP8L"u8, 5, 0, 0, 0, 0x2F, 19, 0x40, 2, 0, .. new byte[23],
        ];

        Assert.Empty(Run(new VerifyMedia(), Picture(webp)).Tallies);
        Assert.Equal(["Note cut short 1"], Run(Lenient, Picture(webp[..^1])).Tallies);
        webp[5] = 200;
        Assert.Equal(["Note cut short 1"], Run(Lenient, Picture([.. webp, .. new byte[9000]])).Tallies);
    }
}
