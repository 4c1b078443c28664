using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Releases;

public sealed class ManifestTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private static readonly ImmutableSortedDictionary<string, long> None =
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    private JsonElement Publish(ReleaseRecord record)
    {
        using (ReleaseFolder release = TestRelease.Begin(_temp["set"]))
        {
            release.WriteText("a.json", "{}");
            release.Publish(record);
        }
        return JsonDocument.Parse(File.ReadAllBytes(_temp["set/MANIFEST.json"])).RootElement;
    }

    [Fact]
    public void The_manifest_tells_what_was_run_over_what_and_what_became_of_it()
    {
        var account = new Account(10, 7, 1, None.Add("empty", 2), None);
        var record = TestRelease.Record with
        {
            Graph = new PipelineGraph("demo", 20231208, [new GraphNode("mine", new Named(), [])]),
            Result = new RunResult(new Ledger([new LedgerEntry("mine", account, account, None.Add("asked", 5))
            {
                SamplesByPort = None.Add("out", 7),
            }]))
            { Warnings = [("mine", "two categories share a name")] },
            Inputs = [new InputDigest("mine", "/home/me/x.json", new FileDigest(3, "ff"))],
            Parameters = [("size", "1000")],
            EnvironmentRead = ["OBJECTS365"],
        };
        JsonElement manifest = Publish(record);

        Assert.Equal("""{"name":"mine","stage":"test.named"}""", Compact(manifest.GetProperty("stages")[0]));
        Assert.Equal(20231208, manifest.GetProperty("pipeline").GetProperty("seed").GetInt64());
        Assert.Equal("""{"size":"1000"}""", Compact(manifest.GetProperty("pipeline").GetProperty("params")));
        Assert.Equal("""["OBJECTS365"]""", Compact(manifest.GetProperty("pipeline").GetProperty("environment_read")));
        Assert.Equal("""{"stage":"mine","file":"x.json","bytes":3,"sha256":"ff"}""",
            Compact(manifest.GetProperty("inputs")[0]));
        Assert.Equal("""{"in":10,"out":7,"rejected":1,"dropped":{"empty":2}}""",
            Compact(manifest.GetProperty("ledger")[0].GetProperty("samples")));
        Assert.Equal("""{"name":"segpipe","version":"1.2.3","commit":"abc"}""", Compact(manifest.GetProperty("tool")));
        Assert.Equal("""{"stage":"mine","warning":"two categories share a name"}""",
            Compact(manifest.GetProperty("warnings")[0]));
        Assert.DoesNotContain("/home/me", manifest.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_list_of_chosen_samples_stands_in_the_manifest_with_its_digest()
    {
        JsonElement chosen = Publish(Chosen("out", ["b.jpg", "a\\b\n.jpg"])).GetProperty("chosen")[0];
        Assert.Equal("""["b.jpg","a\\b\n.jpg"]""", Compact(chosen.GetProperty("keys")));
        Assert.Equal(Sha256("b.jpg\na\\\\b\\n.jpg\n"), chosen.GetProperty("sha256").GetString());
        Assert.False(chosen.TryGetProperty("file", out _));
    }

    [Theory]
    [InlineData("out", "chosen/draw.txt")]
    [InlineData("val", "chosen/draw.val.txt")]
    public void A_long_list_of_chosen_samples_has_a_file_of_its_own(string port, string file)
    {
        ImmutableArray<string> keys = [.. Enumerable.Range(0, ChosenList.MostInline + 1).Select(i => $"{i}.jpg")];
        JsonElement chosen = Publish(Chosen(port, keys)).GetProperty("chosen")[0];
        Assert.Equal(file, chosen.GetProperty("file").GetString());
        Assert.Equal(keys.Length, chosen.GetProperty("count").GetInt32());
        Assert.False(chosen.TryGetProperty("keys", out _));
        Assert.Equal(keys, File.ReadLines(_temp["set/" + file]));
        Assert.Equal(FileDigest.OfFile(_temp["set/" + file]).Sha256, chosen.GetProperty("sha256").GetString());
        Assert.Empty(ReleaseCheck.Verify(_temp["set"]).Findings);
    }

    [Fact]
    public void The_manifest_ends_with_a_line_feed_and_has_no_carriage_return()
    {
        Publish(TestRelease.Record);
        string text = File.ReadAllText(_temp["set/MANIFEST.json"]);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
    }

    [Fact]
    public void The_dataset_card_has_the_first_warnings_of_a_stage_and_the_manifest_has_all()
    {
        JsonElement manifest = Publish(TestRelease.Record with
        {
            Result = new RunResult(new Ledger([]))
            {
                Warnings = [.. Enumerable.Range(0, 1_021).Select(i => ("odd", $"picture {i}")), ("last", "one")],
            },
        });
        string card = File.ReadAllText(_temp["set/README.md"]);
        Assert.Contains("Note of `odd`: picture 19.\n\nOf `odd`, `MANIFEST.json` has 1,001 more notes.\n\n" +
            "Note of `last`: one.\n", card, StringComparison.Ordinal);
        Assert.DoesNotContain("picture 20.", card, StringComparison.Ordinal);
        Assert.Equal(1_022, manifest.GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public void The_dataset_card_says_what_the_pipeline_says_of_licence_and_citation()
    {
        Publish(TestRelease.Record with
        {
            Card = new CardText { Description = "Scenes", Licence = "CC0-1.0", Citation = "Me, 2026" },
        });
        string card = File.ReadAllText(_temp["set/README.md"]);
        Assert.Contains("---\n\n# demo\n\nScenes\n", card, StringComparison.Ordinal);
        Assert.Contains("## Licence\n\nCC0-1.0\n", card, StringComparison.Ordinal);
        Assert.Contains("## Citation\n\nMe, 2026\n", card, StringComparison.Ordinal);
    }

    [Fact]
    public void The_times_of_a_run_stand_beside_the_release_and_are_replaced_by_the_next()
    {
        foreach (int workers in (int[])[1, 2])
            new RunRecord
            {
                ManifestSha256 = "00",
                Started = DateTimeOffset.UnixEpoch,
                WallSeconds = 1.5,
                CpuSeconds = 2.5,
                PeakResidentBytes = 1,
                Workers = workers,
                Window = 8,
                MemoryBytes = 1,
                Machine = "m",
                Processors = 2,
                System = "s",
                Runtime = "r",
            }.Write(_temp["set"]);
        using JsonDocument record = JsonDocument.Parse(File.ReadAllBytes(_temp["set.run.json"]));
        Assert.Equal(2, record.RootElement.GetProperty("workers").GetInt32());
        Assert.Equal(1.5, record.RootElement.GetProperty("wall_seconds").GetDouble());
        Assert.Equal(["set.run.json"], TestRelease.Entries(_temp.Path));
    }

    private static ReleaseRecord Chosen(string port, ImmutableArray<string> keys) => TestRelease.Record with
    {
        Result = TestRelease.Record.Result with { Chosen = [("draw", port, keys)] },
    };

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);

    [Stage("test.named")]
    private sealed record Named : Reader
    {
        public override OpenDataset Open(StageContext context) => throw new NotSupportedException();
    }
}
