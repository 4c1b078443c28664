using System.Collections.Immutable;
using System.Text.Json;
using SegPipeline.Masks;
using SegPipeline.Model;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Releases;
using SegPipeline.Stages;
using SegPipeline.Tests.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Traps;

/// <summary>
/// Names that are made to leave a release, given to every writer there is in every place that a writer may take a name
/// from: the name of a frame, the key, the name of a mask, the name of a category.
/// </summary>
public sealed class WriterNameTests : IDisposable
{
    private static readonly string[] HostileNames =
    [
        "../x.jpg", "a/../../x.jpg", "..\\x.jpg", "../../../x.jpg", "../out.jpg", "../out/x.jpg", "..", ".", "",
        "C:\\x.jpg", "C:x.jpg", "\\\\host\\share\\x.jpg", "//host/x.jpg", "CON", "img/nul.jpg", "com1.tar.gz",
        "a.jpg:stream", "x./a.jpg", "x /a.jpg", "a.jpg.", "a.jpg ", "a\0b.jpg", "a\nb.jpg", "\u001b[2J.jpg", "a//b.jpg",
        "./a.jpg", "/a.jpg", new string('x', 300) + ".jpg", "\ud800.jpg", "${HOME}/a.jpg", "~/a.jpg", "%2e%2e/a.jpg",
        "%2e%2e%2fa.jpg", "..%2fa.jpg", "\uff0e\uff0e/a.jpg", "\u2024\u2024/a.jpg", "MANIFEST.json", "a/MANIFEST.json",
    ];

    private static readonly (string First, string Second)[] Collisions =
    [
        ("v/a.jpg", "v/A.JPG"), ("v/\u00e9.jpg", "v/e\u0301.jpg"), ("v/a.jpg", "v/a.jpg/b.jpg"), ("v/a.jpg", "V/a.jpg"),
        ("v/a.jpg", "v\\a.jpg"), ("v/\u212a.jpg", "v/k.jpg"), ("v/a.jpg", "v/a.png"),
    ];

    private readonly TempFolder _folder = new();
    private readonly string _out;

    public WriterNameTests()
    {
        _out = _folder["deep/down/out"];
        _folder.Write("photo.jpg", "a picture");
        _folder.Write("absolute.jpg", "not to be touched");
        Directory.CreateDirectory(_folder["deep/down"]);
    }

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Names => [.. WriterCases.All.Keys];

    [Fact]
    public void Every_writer_of_the_catalog_is_tried() => Assert.Equal(
        StageCatalog.Default.Stages.Where(s => s.Type.IsSubclassOf(typeof(Writer))).Select(s => s.Name),
        WriterCases.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void No_name_leads_out_of_the_release(string writer)
    {
        foreach (Writer stage in WriterCases.All[writer])
            foreach (string name in HostileNames.Append(_folder["absolute.jpg"]))
                foreach (string key in new[] { name, "key" })
                    Holds(stage, name, SampleOf(stage, name, key), SampleOf(stage, "good/b.jpg", "good"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_that_some_system_takes_for_one_never_overwrite_each_other(string writer)
    {
        foreach (Writer stage in WriterCases.All[writer])
            foreach ((string first, string second) in Collisions)
                Holds(stage, first + " and " + second,
                    SampleOf(stage, first, first), SampleOf(stage, second, second));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_harmless_name_is_written(string writer)
    {
        foreach (Writer stage in WriterCases.All[writer])
            Assert.Null(Holds(stage, "harmless", SampleOf(stage, "v/a.jpg", "v/a"), SampleOf(stage, "w/b.jpg", "w/b")));
    }

    /// <summary>The code of the problem with which the samples are refused; null when a release is made of them.
    /// Either way nothing lies where it should not.</summary>
    private string? Holds(Writer stage, string what, params Sample[] samples)
    {
        string? code = null;
        try
        {
            Write(stage, samples);
        }
        catch (BadDataException e)
        {
            code = Assert.Single(e.Problems).Code;
            Assert.True(code is "UNSAFE_NAME" or "NAME_COLLISION" or "DUPLICATE_SEQUENCE", $"{what}: {e.Message}");
        }
        Assert.True(File.ReadAllText(_folder["absolute.jpg"]) == "not to be touched", what);
        string[] files = [.. Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories)
            .Where(entry => !Directory.Exists(entry))
            .Select(entry => Path.GetRelativePath(_folder.Path, entry))];
        string[] released = [.. files.Where(f => f.StartsWith("deep/down/out/", StringComparison.Ordinal))];
        Assert.Equal(["absolute.jpg", "deep/down/.out.lock", "photo.jpg"],
            files.Except(released).Order(StringComparer.Ordinal));
        Assert.True(code is null == released.Length > 0, what);
        ReleaseName[] names = [.. released.Select(f => ReleaseName.From(f["deep/down/out/".Length..]))];
        Assert.Equal(names.Length, names.Select(n => n.CollisionKey).Distinct(StringComparer.Ordinal).Count());
        if (Directory.Exists(_out)) Directory.Delete(_out, recursive: true);
        return code;
    }

    private void Write(Writer stage, Sample[] samples)
    {
        Assert.Empty(stage.Check());
        using ReleaseFolder release = TestRelease.Begin(_out);
        var info = new DatasetInfo
        {
            Kind = samples[0].Kind,
            Taxonomy = new Taxonomy([new Category(new RecordId(1), samples[0].Frame.Name)], IsDeclared: true),
        };
        using (OpenOutput output = stage.Open(info, release, StageHarness.Context))
        {
            foreach (Sample sample in samples) output.Append(output.Encode([sample]));
            output.Finish();
            release.CompletePhotos();
        }
        release.Publish(TestRelease.Record);
    }

    private Sample SampleOf(Writer stage, string name, string key)
    {
        bool isVideo = stage.InputKind == SampleKind.Video;
        byte[] pixels = new byte[200];
        pixels[0] = 1;
        var shape = new MaskSegmentation(Mask.FromBitmapRowMajor(10, 20, pixels), SegmentationForm.Counts);
        Instance thing = new()
        {
            Id = new RecordId(1),
            CategoryId = new RecordId(1),
            Segmentations = [shape],
            ExtraMembers = ImmutableSortedDictionary<string, string>.Empty
                .Add("mask_name", JsonSerializer.Serialize(name)),
        };
        return (isVideo ? StageHarness.Video(key, 1, thing) : StageHarness.Image(key, thing)) with
        {
            Frames = [new Frame(name, 20, 10) { Photo = new PhotoFile(_folder["photo.jpg"]) }],
        };
    }
}
