using System.Text;
using SegPipeline.Tests.Formats;
using SegPipeline.Tests.Support;
using SegPipeline.Viewer.Entries;

namespace SegPipeline.Tests.Viewer;

/// <summary>Lists of rejects that the viewer shows, whatever stands in them.</summary>
[Trait("Category", "Fuzz")]
public sealed class RejectsFuzzTests : IDisposable
{
    private const string Good = """
        {"key": "a.jpg", "stage": "in", "problems": [{"code": "RLE_SUM", "message": "it does not sum",
         "file": "in.json", "record": "annotation 918", "remedy": "correct it"}, {"code": "X\u00e9"}], "n": null}
        """;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_line_is_a_reject_or_left_out()
    {
        _temp.Write("MANIFEST.json", "{}");
        string good = Good.Replace("\n", "", StringComparison.Ordinal) + "\n";
        int shown = 0;
        var fuzzer = new MutationFuzzer("rejects", [Encoding.UTF8.GetBytes(good)])
        {
            MaxAllocatedBytes = 1 << 24,
            OrdinaryInputs = 1_500,
            Spoil = new JsonSpoiler(good, "\"problems\": [").Spoil,
        };
        int inputs = fuzzer.Run(input =>
        {
            File.WriteAllBytes(_temp["rejects.jsonl"], [.. input, (byte)'\n', .. Encoding.UTF8.GetBytes(good)]);
            // What is bad on one line hides no other.
            Assert.Equal("a.jpg", RejectedSample.In(_temp.Path)[^1].Key);
            if (RejectedSample.In(_temp.Path).Length > 1) shown++;
        });
        Assert.True(shown >= inputs / 10 && inputs - shown >= inputs / 10, $"{shown} of {inputs} shown");
    }
}
