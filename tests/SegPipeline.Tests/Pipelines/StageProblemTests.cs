using static SegPipeline.Tests.Pipelines.TestStages;

namespace SegPipeline.Tests.Pipelines;

public sealed class StageProblemTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static string[] ProblemsIn(string stages) => ProblemsOf(Pipeline(stages));

    [Theory]
    [InlineData("a: { read.test: { rot: x } }",
        "5:21: error: unknown key 'rot' in read.test; did you mean 'root'?")]
    [InlineData("a: { read.test: {} }", "5:8: error: read.test needs the key 'root' (a path)")]
    [InlineData("a: { read.tset: { root: x } }",
        "5:8: error: there is no stage 'read.tset'; did you mean 'read.test'?")]
    [InlineData("a: { read.test: { root: x }, form: b }",
        "5:32: error: unknown key 'form' in stage 'a'; did you mean 'from'?")]
    [InlineData("a: { read.test: { root: x }, pass: {} }",
        "5:32: error: stage 'a' does two things, read.test and pass; make two stages of it")]
    [InlineData("a: { doc: nothing }",
        "5:3: error: stage 'a' does not say what it does; add one, e.g. drop_crowds: {}")]
    [InlineData("a: pass", "5:6: error: stage 'a' must be a map such as { drop_crowds: {} }, found the text 'pass'")]
    [InlineData("errors: { read.test: { root: x } }",
        "5:3: error: no stage can be named 'errors', which is the port of rejected samples")]
    [InlineData("a.b: { read.test: { root: x } }",
        "5:3: error: 'a.b' cannot be the name of a stage; use letters, digits, hyphens and underscores")]
    [InlineData("a: { read.test: x }", "5:19: error: read.test must be a map (root, more, clips), found the text 'x'")]
    public void A_stage_that_cannot_be_read_is_reported(string stage, string expected) =>
        Assert.Equal(["p.yaml:" + expected], ProblemsIn(stage).Where(p => !p.Contains("nothing takes", Ordinal)));

    [Theory]
    [InlineData("b: { pass: {} }", "5:3: error: 'b' has no input: no stage stands above it; " +
        "put a reader above it, or name a stage under 'from'")]
    [InlineData("a: { read.test: { root: x } }\nb: { from: aa, write.test: {} }",
        "6:14: error: there is no stage 'aa'; known: a, errors")]
    [InlineData("a: { read.test: { root: x } }\nb: { from: a.rest, write.test: {} }",
        "6:14: error: 'a' has no port 'rest'; known: out")]
    [InlineData("a: { from: b, read.test: { root: x } }\nb: { from: a, write.test: {} }",
        "5:14: error: 'a' is a reader and takes no input; remove 'from'")]
    [InlineData("a: { read.test: { root: x } }\nb: { write.test: {} }\nc: { write.test: {} }",
        "7:3: error: 'c' has no input: the stage above it, 'b', is a writer; name a stage under 'from'")]
    [InlineData("a: { read.test: { root: x } }\nb: { write.test: {} }\nc: { from: b, write.test: {} }",
        "7:14: error: 'b' is a writer, from which no samples come")]
    [InlineData("a: { read.test: { root: x } }\nb: { from: [], write.test: {} }\nc: { from: a, write.test: {} }",
        "6:3: error: 'b' has no input; name one or more stages under 'from'")]
    [InlineData("a: { read.test: { root: x } }\nb: { from: [a, a], write.test: {} }",
        "6:18: error: 'b' takes the same port twice")]
    [InlineData("a: { read.test: { root: x } }\nb: { pair: {} }\nc: { write.test: {} }",
        "6:3: error: 'b' (pair) takes 2 inputs, found 1; list them under 'from', e.g. from: [boxes, masks]")]
    [InlineData("a: { read.test: { root: x } }\nb: { write.test: {} }\nc: { from: errors, write.test: {} }",
        "7:14: error: write.test cannot take rejected samples; write.jsonl can write them")]
    [InlineData("a: { read.test: { root: x } }\nb: { write.test: {} }\nc: { from: errors, pass: {} }\n" +
        "d: { from: [a, c], write.test: {} }", "8:18: error: write.test cannot take rejected samples; " +
        "write.jsonl can write them")]
    [InlineData("a: { read.test: { root: x } }\nb: { part: { ports: [a.b] } }\nc: { write.test: {} }",
        "6:8: error: 'a.b' cannot be the name of a port; use letters, digits, hyphens and underscores")]
    [InlineData("a: { read.test: { root: x } }\nb: { part: { ports: [x, x] } }\nc: { write.test: {} }",
        "6:8: error: two ports have the name 'x'")]
    [InlineData("a: { read.test: { root: x } }\nb: { pass: {} }",
        "6:3: error: nothing takes the samples of 'b'; take it with 'from: b', or write 'drop: out' in 'b'")]
    [InlineData("a: { read.test: { root: x } }\nb: { part: {} }\nc: { write.test: {} }",
        "6:3: error: nothing takes port 'rest' of 'b'; take it with 'from: b.rest', or write 'drop: rest' in 'b'")]
    [InlineData("a: { read.test: { root: x } }\nb: { part: {}, drop: [rets, rest] }\nc: { write.test: {} }",
        "6:25: error: 'b' has no port 'rets' to drop; did you mean 'rest'?")]
    [InlineData("a: { read.test: { root: x } }\nb: { part: {}, drop: [yes, rest] }\nc: { write.test: {} }",
        "6:25: error: port 'yes' of 'b' stands under 'drop', and a stage takes from it")]
    [InlineData("a: { read.test: { root: x } }\nb: { on_error: reject, pass: {} }\nc: { write.test: {} }",
        "6:18: error: nothing takes the samples that 'b' rejects; add a stage with 'from: errors' (write.jsonl), " +
        "or write 'drop: errors' here")]
    [InlineData("a: { read.test: { root: x } }\nb: { on_error: reject, drop: errors, write.test: {} }",
        "6:18: error: 'b' is a writer, which cannot reject a sample: one that it cannot write ends the run; leave " +
        "'on_error' out here, and drop or mend such samples before it")]
    [InlineData("a: { read.test: { root: x } }\nb: { from: d, pass: {} }\nc: { from: b, pass: {} }\n" +
        "d: { from: c, pass: {} }\ne: { from: [a, d], write.test: {} }",
        "6:14: error: the stages form a cycle: b -> c -> d -> b")]
    [InlineData("a: { read.test: { root: x, clips: true } }\nb: { write.stills: {} }",
        "6:3: error: write.stills takes images, and 'a' gives videos; put to_frames before it")]
    [InlineData("a: { read.test: { root: x } }\nb: { on_error: rejct, write.test: {} }",
        "6:18: error: 'on_error' of stage 'b' must be fail or reject, found the text 'rejct'; did you mean 'reject'?")]
    [InlineData("a: { read.test: { root: x } }\nb: { on_error: { reject: { moost: 3 } }, drop: errors, " +
        "write.test: {} }",
        "6:30: error: unknown key 'moost' in 'reject' of 'on_error' of stage 'b'; did you mean 'most'?")]
    [InlineData("a: { read.test: { root: x } }\nb: { concurrency: 0, write.test: {} }",
        "6:21: error: 'concurrency' of stage 'b' must be at least 1, found 0")]
    [InlineData("a: { read.test: { root: x } }\nb: { pass: { label: bad, count: 60 }}\nc: { write.test: {} }",
        "6:8: error: pass: 'count' is too high for a bad label|6:8: error: pass: 'label' must not be bad")]
    public void A_graph_that_cannot_run_is_reported(string stages, string expected) =>
        Assert.Equal(expected.Split('|').Select(e => "p.yaml:" + e), ProblemsIn(stages));

    [Fact]
    public void A_problem_is_one_line_whatever_stands_in_the_file() => Assert.Equal(
        [@"p.yaml:5:8: error: there is no stage 'x\u000ay\u001b'"],
        ProblemsIn("a: { \"x\\ny\\e\": {} }"));

    [Fact]
    public void One_slip_makes_one_problem_and_no_noise_behind_it() => Assert.Equal(
        ["p.yaml:6:16: error: unknown key 'cuont' in pass; did you mean 'count'?"],
        ProblemsIn("""
            a: { read.test: { root: x } }
            b: { pass: { cuont: 3 } }
            c: { from: b.whatever, part: {}, drop: rest }
            d: { write.test: {} }
            """));

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file() => Assert.Equal(
    [
        "p.yaml:1:1: error: the pipeline needs the key 'name' (text)",
        "p.yaml:1:10: error: the file is of format 2, and this program reads format 1",
        "p.yaml:2:7: error: 'seed' of the pipeline must be a whole number, found the text 'x'",
        "p.yaml:4:16: error: the parameter 'size' must be at most 5, found 9",
        "p.yaml:7:8: error: there is no stage 'read.tset'; did you mean 'read.test'?",
        "p.yaml:8:23: error: 'count' of pass must be at least 1 and at most 100, found 0",
        "p.yaml:8:33: error: there is no parameter 'lable'; did you mean 'label'?",
        "p.yaml:9:28: error: 'file' of write.test: the file name '/x' is absolute; rename the file in the source",
        "p.yaml:10:1: error: unknown key 'relaese' in the pipeline; did you mean 'release'?",
    ], ProblemsOf("""
        segpipe: 2
        seed: x
        params:
          size: { int: 9, max: 5 }
          label: { string: a }
        stages:
          b: { read.tset: { root: x } }
          c: { pass: { count: 0, label: $lable } }
          d: { write.test: { file: /x } }
        relaese: { to: x }
        """));
}
