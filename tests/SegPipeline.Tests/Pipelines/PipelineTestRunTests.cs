using SegPipeline.Model;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Testing;
using SegPipeline.Stages;
using static SegPipeline.Tests.Pipelines.TestStages;

namespace SegPipeline.Tests.Pipelines;

public sealed class PipelineTestRunTests
{
    private const string Graph = """
        segpipe: 1
        name: test
        release: { to: out }
        stages:
          val:     { read.test: { root: gone } }
          clean:   { drop_crowds: {} }
          encoded: { on_error: reject, encode_rle: {} }
          out:     { write.test: {} }
          rejects: { from: errors, write.rejects: {} }

        """;

    private static async Task<string[]> RunAsync(string tests, string graph = Graph)
    {
        LoadedPipeline loaded = Load(graph + "tests:\n" +
            string.Concat(tests.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(l => $"  {l}\n")));
        Assert.Equal([], loaded.Problems.Select(p => p.ToString()));
        Assert.NotEmpty(loaded.Tests);
        var results = await PipelineTestRun.RunAllAsync(loaded, CancellationToken.None);
        return [.. results.SelectMany(r => r.Differences).Select(d => d.ToString())];
    }

    [Fact]
    public async Task A_test_that_holds_passes() => Assert.Empty(await RunAsync("""
        - name: crowds are dropped and polygons encoded
          categories: [ { id: 7, name: cat } ]
          given:
            val:
              - key: a
                id: 3
                width: 5
                height: 6
                instances:
                  - { id: 1, iscrowd: 1, category_id: 7 }
                  - { id: 2, iscrowd: 0, category: cat, area: 9.5, bbox: [1, 1, 3, 3], tags: [x, { y: 1 }], score: 0.5,
                      segmentation: [[1, 1, 1, 4, 4, 4, 4, 1]] }
              - { key: b, instances: [] }
          expect:
            clean: [ { key: a, id: 3, width: 5, height: 6, instances: [ { id: 2, iscrowd: false, category: cat,
                category_id: 7, area: 9.5, bbox: [1, 1, 3, 3], tags: [x, { y: 1 }], score: 0.5,
                segmentation: [[1, 1, 1, 4, 4, 4, 4, 1]], colour: null } ] }, {} ]
            encoded: [ { instances: [ { segmentation: { size: [6, 5], counts: "7330005" } } ] }, { key: b } ]
        - name: nothing is expected of a sample that is not listed
          given: { clean: [] }
          expect: { encoded: [] }
        """));

    [Fact]
    public async Task Every_difference_is_told_at_the_place_that_expects_something_else()
    {
        string[] expected =
        [
        "p.yaml:15:23: error: 'clean', sample 'a': key is a, expected b",
        "p.yaml:15:33: error: 'clean', sample 'a': width is 0, expected 5",
        "p.yaml:15:47: error: 'clean', sample 'a': expected 1 instance, found 2 (1, 2)",
        "p.yaml:15:55: error: 'clean', sample 'a', instance 1: id is 1, expected 9",
        "p.yaml:15:67: error: 'clean', sample 'a', instance 1: iscrowd is nothing, expected 0",
        "p.yaml:15:76: error: 'clean', sample 'a', instance 1: area is 4, expected 5",
        "p.yaml:15:85: error: 'clean', sample 'a', instance 1: bbox is nothing, expected [1, 2, 3, 4]",
        "p.yaml:16:25: error: 'clean', sample 'a', instance 1: segmentation is [[0, 0, 0, 2, 2, 2]], " +
            "expected { size: [1, 2], counts: [2] }",
        "p.yaml:16:61: error: 'clean', sample 'a', instance 1: tag is \"x\", expected \"y\"",
        "p.yaml:17:16: error: 'encoded': expected 2 samples, found 0",
        ];
        Assert.Equal(expected, await RunAsync("""
        - name: all wrong
          given:
            val: [ { key: a, instances: [ { id: 1, area: 4, tag: x, segmentation: [[0, 0, 0, 2, 2, 2]] }, {id: 2} ] } ]
          expect:
            clean: [ { key: b, width: 5, instances: [ { id: 9, iscrowd: 0, area: 5, bbox: [1, 2, 3, 4],
                segmentation: { size: [1, 2], counts: [2] }, tag: y } ] } ]
            encoded: [ {}, {} ]
        """));
    }

    [Fact]
    public async Task Rejected_samples_and_errors_can_be_expected() => Assert.Empty(await RunAsync("""
        - name: a mask of another size is rejected with its code
          given: { clean: [ { key: a, width: 5, height: 6, instances: [ { id: 1,
                segmentation: { size: [2, 2], counts: [4] } } ] }, { key: b } ] }
          expect:
            errors: [ { key: a, stage: encoded, code: RLE_SIZE } ]
            encoded: [ { key: b } ]
        """));

    [Fact]
    public async Task An_expected_error_must_come()
    {
        string failing = Graph.Replace("on_error: reject, ", "", StringComparison.Ordinal);
        const string given = "given: { clean: [ { key: a, width: 5, height: 6, instances: [ { id: 1, " +
            "segmentation: { size: [2, 2], counts: [4] } } ] } ] }";
        Assert.Empty(await RunAsync($"- name: fails\n  {given}\n  expect_error: RLE_SIZE", failing));
        Assert.Empty(await RunAsync($"- name: fails\n  {given}\n  expect_error: the frame is 6x5", failing));
        Assert.Contains("RLE_SIZE", Assert.Single(
            await RunAsync($"- name: fails\n  {given}\n  expect_error: OTHER", failing)), StringComparison.Ordinal);
        Assert.Equal("p.yaml:11:5: error: fails: expected the error 'X', and nothing went wrong", Assert.Single(
            await RunAsync("- name: fails\n  given: { clean: [ { key: a } ] }\n  expect_error: X", failing)));
    }

    [Fact]
    public async Task A_video_is_given_frame_by_frame() => Assert.Empty(await RunAsync("""
        - name: areas and boxes are those of each frame
          given:
            val:
              - { key: v, frames: 2, width: 2, height: 2, instances: [ { id: 1, areas: [4, null],
                  bboxes: [null, [0, 0, 1, 1]], segmentations: [ { size: [2, 2], counts: [0, 4] }, null ] } ] }
          expect:
            clean: [ { key: v, frames: 2, instances: [ { areas: [4, null], bboxes: [null, [0, 0, 1, 1]],
                segmentations: [ { size: [2, 2], counts: [0, 4] }, null ] } ] } ]
        """));

    [Theory]
    [InlineData("a", "11:3: error: a test must be a map (name, doc, categories, given, expect, expect_error), " +
        "found the text 'a'")]
    [InlineData("{ name: x, given: { clean: [] } }",
        "11:3: error: the test 'x' needs either 'expect' or 'expect_error'")]
    [InlineData("{ name: x, expect: { claen: [] } }", "11:24: error: there is no stage 'claen'; did you mean 'clean'?")]
    [InlineData("{ name: x, expect: { clean.rest: [] } }", "11:24: error: 'clean' has no port 'rest'; known: out")]
    [InlineData("{ name: x, expect: { out: [] } }", "11:24: error: 'out' is a writer, from which no samples come")]
    [InlineData("{ name: x, given: { errors: [] }, expect: { clean: [] } }",
        "11:23: error: rejected samples cannot be given")]
    [InlineData("{ name: x, expect: { clean: {} } }", "11:31: error: 'clean' must be a list of samples, found a map")]
    [InlineData("{ name: x, expect: { clean: [ { kye: a } ] } }",
        "11:35: error: unknown key 'kye' in a sample of 'clean'; did you mean 'key'?")]
    [InlineData("{ name: x, given: { val: [ {} ] }, expect: { clean: [] } }",
        "11:30: error: a given sample needs the key 'key' (text)")]
    [InlineData("{ name: x, given: { val: [ { key: a }, { key: a } ] }, expect: { clean: [] } }",
        "11:49: error: two given samples have the key 'a'")]
    [InlineData("{ name: x, given: { val: [ { key: a }, { key: b, frames: 2 } ] }, expect: { clean: [] } }",
        "11:42: error: given samples are either all stills or all videos (with 'frames')")]
    [InlineData("{ name: x, expect: { clean: [ { instances: [ { iscrowd: 2 } ] } ] } }",
        "11:59: error: 'iscrowd' of an instance must be 0 or 1, found 2")]
    [InlineData("{ name: x, expect: { clean: [ { instances: [ { bbox: [1, 2] } ] } ] } }",
        "11:56: error: 'bbox' of an instance must be [x, y, width, height]")]
    [InlineData("{ name: x, expect: { clean: [ { instances: [ { segmentation: [[1, 2]] } ] } ] } }",
        "11:64: error: 'segmentation' of an instance: a polygon has 6 numbers or more, an even number of them")]
    [InlineData("{ name: x, expect: { clean: [ { instances: [ { segmentation: 5 } ] } ] } }",
        "11:64: error: 'segmentation' of an instance must be null, [], polygons [[x, y, ...], ...] or " +
        "{ size: [height, width], counts: ... }, found 5")]
    [InlineData("{ name: x, given: { val: [] }, categories: [ { id: 1, name: cat } ], expect: { clean: [] } }", null)]
    public void A_test_that_makes_no_sense_is_reported_with_the_pipeline(string test, string? expected) => Assert.Equal(
        expected is null ? [] : ["p.yaml:" + expected], ProblemsOf(Graph + $"tests:\n- {test}\n"));

    [Fact]
    public async Task Data_that_is_not_there_fails_the_test_and_not_the_program()
    {
        string graph = Pipeline("a: { read.nothing: {} }\nb: { pass: {}, drop: out }") + "\n";
        LoadedPipeline loaded = Load(
            graph + "tests: [ { name: reads, expect: { b: [] } } ]\n",
            Options with { Catalog = Catalog.With(typeof(ReadNothing)) });
        PipelineTestResult result = Assert.Single(await PipelineTestRun.RunAllAsync(loaded, CancellationToken.None));
        Assert.False(result.Passed);
        Assert.Equal("p.yaml:8:10: error: reads: stage 'a': nothing here [NO_DATA]",
            Assert.Single(result.Differences).ToString());
    }

    [Stage("read.nothing")]
    public sealed record ReadNothing : Reader
    {
        public override OpenDataset Open(StageContext context) =>
            throw new BadDataException(new Problem("NO_DATA", "nothing here"));
    }
}
