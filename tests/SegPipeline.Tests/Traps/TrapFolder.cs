using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SegPipeline.Cli;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Releases;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Traps;

/// <summary>
/// A folder with a dataset that has something bad in it, and the pipeline that a user would run over it: one stage that
/// reads (<c>in</c>), one that looks into every shape (<c>look</c>), one that writes (<c>out</c>).
/// </summary>
internal sealed partial class TrapFolder : IDisposable
{
    /// <summary>The files of the dataset.</summary>
    public TempFolder Files { get; } = new();

    /// <summary>The stage that reads.</summary>
    public string Reader { get; set; } = "read.coco: { annotations: in.json }";

    /// <summary>The stage that looks into every shape.</summary>
    public string Look { get; set; } = "encode_rle: {}";

    /// <summary>The stage that writes.</summary>
    public string Writer { get; set; } = "write.coco: { file: out.json }";

    /// <summary>The COCO file of the good image b.jpg and the image a.jpg with annotations of a trap.</summary>
    public TrapFolder WithCoco(params string[] annotations) => WithJson($$"""
        {"images": [{"id": 8, "file_name": "b.jpg", "width": 20, "height": 10},
          {"id": 7, "file_name": "a.jpg", "width": 20, "height": 10}],
        "annotations": [{"id": 917, "image_id": 8, "category_id": 1, "segmentation": [[1, 1, 5, 1, 5, 5]]},
          {{string.Join(",\n  ", annotations)}}],
        "categories": [{"id": 1, "name": "thing"}]}
        """);

    /// <summary>The annotation 918 of a.jpg with these further members.</summary>
    public static string Annotation(string members) =>
        $$"""{"id": 918, "image_id": 7, "category_id": 1, {{members}}}""";

    /// <summary>The dataset is this text.</summary>
    public TrapFolder WithJson(string text)
    {
        Files.WriteBytes("in.json", Encoding.UTF8.GetBytes(text));
        return this;
    }

    /// <summary>
    /// The run stops with exit code 65, one line that tells the fault, and nothing in the release's place.
    /// </summary>
    /// <param name="fault">The line: file, record, what was expected and found, remedy and code.</param>
    public async Task StopsAsync(string fault)
    {
        string[] before = TestRelease.Entries(Files.Path);
        CliRun run = await RunAsync("");
        Assert.Equal(((int)ExitCode.BadData, ""), (run.ExitCode, run.Out));
        Assert.Equal("Nothing was released.", run.Errors[^1]);
        Assert.Equal(fault, WithoutPlace(Assert.Single(run.Errors, IsError)));
        Assert.Equal([.. before.Append("p.yaml").Distinct().Order(StringComparer.Ordinal)],
            TestRelease.Entries(Files.Path));
    }

    /// <summary>
    /// The run stops as above, and where rejecting is asked for, the sample is found among the rejects with all that
    /// the line tells, while the good ones are released.
    /// </summary>
    /// <param name="fault">As above.</param>
    /// <param name="stage">The stage that finds the fault.</param>
    /// <param name="key">The sample that is bad, or the name of the record that belongs to none.</param>
    public async Task RejectsAsync(string fault, string stage = "look", string key = "a.jpg")
    {
        await StopsAsync(fault);
        CliRun run = await RunAsync("on_error: reject, ");
        Assert.True(run.ExitCode == 0, run.Error);
        string line = Assert.Single(File.ReadAllLines(Files["out/rejects.jsonl"]));
        using JsonDocument rejection = JsonDocument.Parse(line);
        JsonElement problem = Assert.Single(rejection.RootElement.GetProperty("problems").EnumerateArray());
        Assert.Equal((key, stage), (Text(rejection.RootElement, "key"), Text(rejection.RootElement, "stage")));
        // Of a problem that names no record the command says which sample it was, the rejects say it by their key.
        string Bare(string text) => text
            .Replace($"sample '{key}' in stage '{stage}': ", "", StringComparison.Ordinal)
            .Replace($"stage '{stage}': ", "", StringComparison.Ordinal);
        Assert.Equal(Bare(fault), Bare(Line(problem)));
        await VerifyAsync();
    }

    /// <summary>The run ends well, the release is sound, and each warning has a part of it as stated.</summary>
    /// <param name="warnings">Parts of the warnings, in their order.</param>
    /// <returns>The text of the file that was written.</returns>
    public async Task<string> PassesAsync(params string[] warnings)
    {
        CliRun run = await RunAsync("");
        Assert.True(run.ExitCode == 0, run.Error);
        string[] told = [.. run.Errors.Where(IsWarning)];
        Assert.True(warnings.Length == told.Length, run.Error);
        foreach ((string part, string line) in warnings.Zip(told))
            Assert.Contains(part, line, StringComparison.Ordinal);
        await VerifyAsync();
        return File.Exists(Files["out/out.json"]) ? await File.ReadAllTextAsync(Files["out/out.json"]) : "";
    }

    public void Dispose() => Files.Dispose();

    private Task<CliRun> RunAsync(string onError)
    {
        string rejects = onError.Length > 0 ? "  bad: { from: errors, write.jsonl: { file: rejects.jsonl } }\n" : "";
        string look = Look.Length > 0 ? $"  look: {{ {onError}{Look} }}\n" : "";
        Files.Write("p.yaml", $"segpipe: 1\nname: p\nstages:\n  in: {{ {onError}{Reader} }}\n{look}" +
            $"  out: {{ {Writer} }}\n{rejects}release: {{ to: out }}\n");
        return CliRun.InAsync(Files.Path, "run", "p.yaml");
    }

    private async Task VerifyAsync()
    {
        CliRun run = await CliRun.InAsync(Files.Path, "verify", "out");
        Assert.True(run.ExitCode == 0, run.Error);
    }

    private string Line(JsonElement problem)
    {
        string record = Text(problem, "record") is { } name ? name + ": " : "";
        string remedy = Text(problem, "remedy") is { } text ? "; " + text : "";
        string place = problem.TryGetProperty("line", out JsonElement line) ? $":{line}" : "";
        return WithoutPlace(
            $"{Text(problem, "file")}{place}: error: {record}{Text(problem, "message")}{remedy} " +
            $"[{Text(problem, "code")}]");
    }

    /// <summary>The line without the folder of the test and without places that a reader of the test cannot
    /// count.</summary>
    private string WithoutPlace(string line) =>
        Place().Replace(line, "").Replace(Files.Path + "/", "", StringComparison.Ordinal);

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static bool IsError(string line) => line.Contains(": error: ", StringComparison.Ordinal);

    private static bool IsWarning(string line) => line.Contains("warning: ", StringComparison.Ordinal);

    [GeneratedRegex(@"( \(byte \d+\))")]
    private static partial Regex Place();
}
