using SegPipeline.Cli;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Traps;

/// <summary>Pipeline files that no run should begin with: exit code 78, the place, and nothing made.</summary>
public sealed class ConfigTrapTests : IDisposable
{
    private readonly TempFolder _files = new();

    public void Dispose() => _files.Dispose();

    public static TheoryData<string, string, string> Rows => new()
    {
        { "empty file", "", "p.yaml:1:1: error: the file is empty; begin it with 'segpipe: 1'" },
        { "no stages", "segpipe: 1\nname: p\n",
            "p.yaml:1:1: error: the pipeline has no stages; add a reader under 'stages', e.g. photos: { " +
            "read.synthetic: { count: 10 } }" },
        { "unknown stage", Pipeline("read.cocoo: {}"),
            "p.yaml:4:9: error: there is no stage 'read.cocoo'; did you mean 'read.coco'?" },
        { "unknown key", Pipeline("read.coco: { annotation: in.json }"),
            "p.yaml:4:22: error: unknown key 'annotation' in read.coco; did you mean 'annotations'?" },
        { "key twice", Pipeline("read.coco: { annotations: in.json, annotations: in.json }"),
            "p.yaml:4:44: error: the key 'annotations' stands twice in the same map; it first stands at line 4, " +
            "column 22" },
        { "alias without anchor", Pipeline("read.coco: { annotations: *x }"),
            "p.yaml:4:35: error: the alias '*x' has no anchor '&x' before it" },
        { "tab", "segpipe: 1\nstages:\n\tin: {}\n",
            "p.yaml:3:1: error: a tab indents this line, which YAML does not allow; indent with blanks" },
        { "billion laughs", Laughs, "p.yaml:6:45: error: the file has more than 100000 nodes, aliases written out" },
        { "alias of itself", "segpipe: 1\nname: &a [*a]\n",
            "p.yaml:2:11: error: the alias '*a' has no anchor '&a' before it" },
        { "nested without end", "segpipe: " + new string('[', 1_000_000),
            "p.yaml:1:10010: error: the file nests more than 64 levels deep" },
        { "size beyond 2^63", Pipeline("read.synthetic: { count: 99999999999999999999 }"),
            "p.yaml:4:34: error: 'count' of read.synthetic is too large a number: 99999999999999999999" },
        { "size no number", Pipeline("read.synthetic: { count: .nan }"),
            "p.yaml:4:34: error: 'count' of read.synthetic must be a whole number, found .nan" },
        { "release leads out", Pipeline("read.synthetic: { count: 1 }", "write.coco: { file: ../x.json }"),
            "p.yaml:5:30: error: 'file' of write.coco: the file name '../x.json' has the part '..'; rename the " +
            "file in the source" },
        { "release absolute", Pipeline("read.synthetic: { count: 1 }", "write.coco: { file: /x.json }"),
            "p.yaml:5:30: error: 'file' of write.coco: the file name '/x.json' is absolute; rename the file in " +
            "the source" },
        { "set leads out", Pipeline("read.synthetic: { count: 1 }", "write.voc: { set: ../../x }"),
            "p.yaml:5:10: error: write.voc: 'set' must be a name that a file can have, found '../../x'" },
        { "split leads out", Pipeline("read.synthetic: { count: 1 }", "write.yolo: { split: ../../x }"),
            "p.yaml:5:10: error: write.yolo: the name of a split has letters, digits, '_' and '-' only" },
        { "NUL in a name", Pipeline("read.coco: { annotations: \"a\\0b\" }"),
            "p.yaml:4:35: error: 'annotations' of read.coco must be a path, found the text 'a\\u0000b'" },
    };

    private static string Laughs => "segpipe: 1\na0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + string.Concat(
        Enumerable.Range(1, 9).Select(i =>
            $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_pipeline_that_cannot_be_meant_is_told_by_place_and_makes_nothing(
        string row, string text, string fault)
    {
        Assert.NotEmpty(row);
        _files.Write("p.yaml", text);
        CliRun run = await CliRun.InAsync(_files.Path, "run", "p.yaml");
        Assert.Equal(((int)ExitCode.BadConfig, ""), (run.ExitCode, run.Out));
        Assert.Contains(fault, run.Errors);
        Assert.Equal(["p.yaml"], TestRelease.Entries(_files.Path));
    }

    private static string Pipeline(string reader, string writer = "write.coco: { file: out.json }") =>
        $"segpipe: 1\nname: p\nstages:\n  in: {{ {reader} }}\n  out: {{ {writer} }}\nrelease: {{ to: out }}\n";
}
