using System.Collections.Immutable;
using System.Text;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Releases;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Releases;

/// <summary>Writes releases without running a pipeline.</summary>
internal static class TestRelease
{
    public const string ConfigDigest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <summary>Number of the files that describe a release.</summary>
    public const int Descriptions = 5;

    /// <summary>The record of a run of a graph with no stages.</summary>
    public static ReleaseRecord Record { get; } = new()
    {
        Graph = new PipelineGraph("demo", 7, []),
        Result = new RunResult(new Ledger([])),
        ResolvedYaml = "segpipe: 1\nname: demo\n",
        ConfigDigest = ConfigDigest,
        Tool = new ToolVersion("1.2.3", "abc"),
    };

    public static ReleaseFolder Begin(string folder) => ReleaseFolder.Begin(folder, ConfigDigest);

    /// <summary>Writes a release with these files.</summary>
    public static ImmutableArray<ReleaseFile> Make(string folder, params (string Name, string Text)[] files)
    {
        using ReleaseFolder release = Begin(folder);
        foreach (var (name, text) in files) release.WriteText(name, text);
        return release.Publish(Record);
    }

    public static void WriteText(this ReleaseFolder release, string name, string text)
    {
        using Stream file = release.CreateFile(ReleaseName.From(name));
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Everything below a folder: relative name to text.</summary>
    public static SortedDictionary<string, string> Contents(string folder) =>
        new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
            f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllText), StringComparer.Ordinal);

    /// <summary>What lies in a folder but for lock files, hidden entries included.</summary>
    public static string[] Entries(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e))
            .Where(e => !e.EndsWith(".lock", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static string Code(Action action) => Assert.Throws<BadDataException>(action).Problems[0].Code;
}
