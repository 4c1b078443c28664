using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegPipeline.Pipelines;
using SegPipeline.Pipelines.Documents;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Pipelines;

/// <summary>Whatever a user's hands do to a pipeline file, they get problems with places, never an exception.</summary>
[Trait("Category", "Fuzz")]
public sealed class PipelineFuzzTests
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ":", ": ", "- ", "\n", "\n  ", "\t", "'", "\"", "#", "&a ", "*a", "<<: *a", "!", "!!str ",
        "|", ">", "%", "@", "`", "?", "? ", "---\n", "...\n", "$", "${", "$size", "${env:X}", "$$", "~", "null", "true",
        "-1", "1e999", "99999999999999999999", ".nan", "0x", "from: ", "drop: ", "errors", "use.x: ", "\0", "\uFEFF",
        "\uFDD0", "\u2028", "\r", "\\", "\U0001F600", "\uD800", "é", ",", "[[[[[[[[", "}}}}", "*", "**", "../", "/",
        "\"\\0\"", "\"\\n\"", "${root}", "$label",
    ];

    private static readonly string[] Sources =
    [
        .. Directory.GetFiles(Path.Combine(SharedData.Root, "pipelines"), "*.yaml")
            .Order(StringComparer.Ordinal).Select(File.ReadAllText),
        """
        segpipe: 1
        name: test-$count
        params:
          root: { path: "${env:DATA}", default: ../d }
          count: { int: 3, min: 1 }
          kind: { choice: [a, b], default: a }
        define:
          tidy:
            args: { label: { string: "no: it's" }, root: { path: x } }
            stages:
              s: { read.test: { root: $root/a, more: ["*.json", b] } }
              t: { pass: { label: $label, parts: { b: 1 } } }
        x-defaults: &d
          count: $count
          ratio: 0.50
        stages:
          r: { on_error: { reject: { most: 5, percent: 1.5 } }, use.tidy: { root: $root }, concurrency: 2 }
          p: { pass: { <<: *d, shade: dark_grey } }
          q:
            from: [p]
            part: {ports: [yes, rest]}
            drop: rest
          two: { from: [q, p], pair: }
          z: { from: two, write.test: { file: "$count.json" } }
          e: { from: errors, write.rejects: {} }
        release: { to: out/$count }
        tests:
          - name: one
            categories: [ { id: 1, name: cat } ]
            given: { p: [ { key: a, width: 5, height: 6, instances: [ { id: 1, bbox: [1, 2, 3, 4],
              segmentation: { size: [6, 5], counts: "7330005" } } ] } ] }
            expect: { q.rest: [ { key: a, instances: [ { segmentation: [[1, 2, 3, 4, 5, 6]] } ] } ] }
        """,
    ];

    private sealed record Edit(int Kind, double At, int Length, int Token);

    private static readonly Gen<Edit> AnyEdit =
        from kind in Gen.Choose(0, 5)
        from at in Gen.Choose(0, 9999)
        from length in Gen.Choose(1, 12)
        from token in Gen.Choose(0, Tokens.Length - 1)
        select new Edit(kind, at / 10000.0, length, token);

    private static readonly Gen<(int Source, Edit[] Edits)> AnyCase =
        from source in Gen.Choose(0, Sources.Length - 1)
        from count in Gen.Choose(1, 4)
        from edits in AnyEdit.ArrayOf(count)
        select (source, edits);

    private static LoadOptions Options => TestStages.Options;

    [Fact]
    public void Any_edit_of_a_pipeline_gives_problems_with_places_or_a_pipeline_that_resolves_to_itself()
    {
        long start = TimeProvider.System.GetTimestamp();
        do
        {
            Check.One(Config.QuickThrowOnFailure.WithMaxTest(MutationFuzzer.InputsOr(300)), Prop.ForAll(
                AnyCase.ToArbitrary(), edited => Holds(edited.Edits.Aggregate(Sources[edited.Source], Apply))));
        }
        while (TimeProvider.System.GetElapsedTime(start) < MutationFuzzer.Duration);
    }

    [Fact]
    public void Any_change_of_its_bytes_gives_problems_with_places_or_a_pipeline_that_resolves_to_itself() =>
        new MutationFuzzer("yaml", [.. Sources.Select(Encoding.UTF8.GetBytes)])
        {
            MaxAllocatedBytes = 1 << 26,
            OrdinaryInputs = 300,
        }.Run(input => Holds(Encoding.UTF8.GetString(input)));

    [Fact]
    public void What_is_edited_is_sound() => Assert.Empty(TestStages.ProblemsOf(Sources[^1]));

    private static void Holds(string text)
    {
        LoadedPipeline loaded = PipelineFile.Parse(text, "p.yaml", Options);
        if (loaded.Problems.Count > 0)
        {
            int lines = text.Count(c => c is '\n' or '\r') + 1;
            Assert.Null(loaded.Graph);
            Assert.All(loaded.Problems, p => Assert.True(
                p.Line >= 1 && p.Line <= lines && p.Column >= 1, $"{p} in a file of {lines} lines:\n{text}"));
            Assert.Equal(loaded.Problems.OrderBy(p => p.Place), loaded.Problems);
            return;
        }
        LoadedPipeline again = PipelineFile.Parse(loaded.ResolvedYaml, "p.yaml", Options);
        Assert.True(again.Problems.Count == 0,
            $"{string.Join('\n', again.Problems)}\n{loaded.ResolvedYaml}\nof:\n{text}");
        Assert.Equal(loaded.ResolvedYaml, again.ResolvedYaml);
        Assert.Equal(loaded.ConfigDigest, again.ConfigDigest);
    }

    private static string Apply(string text, Edit edit)
    {
        int at = (int)(edit.At * text.Length);
        int length = Math.Min(edit.Length, text.Length - at);
        string[] lines = text.Split('\n');
        int line = (int)(edit.At * lines.Length);
        return edit.Kind switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, Tokens[edit.Token]),
            2 => text.Remove(at, length).Insert(at, Tokens[edit.Token]),
            3 => text.Insert(at, text.Substring(at, length)),
            4 => string.Join('\n', [.. lines[..line], .. lines[(line + 1)..]]),
            _ => string.Join('\n', [.. lines[..line], "  " + lines[line], .. lines[line..]]),
        };
    }
}
