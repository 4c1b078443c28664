using System.Diagnostics;
using System.Text.Json.Nodes;

namespace SegPipeline.Tests.Support;

/// <summary>Readers and writers of Parquet that are not ours: packages of Node, see <c>tests/node</c>.</summary>
internal static class NodeReaders
{
    /// <summary>Where the packages are installed by <c>make setup-node</c>.</summary>
    public static string Folder { get; } = Path.Combine(SharedData.Root, "tests", "node");

    /// <summary>The rows of a file as a reader sees them; see <c>read.mjs</c>.</summary>
    /// <param name="reader">duckdb, hyparquet or wasm.</param>
    /// <param name="file">Full path of the file.</param>
    public static JsonArray Read(string reader, string file) =>
        JsonNode.Parse(Run("read.mjs", reader, file))!.AsArray();

    /// <summary>Runs a statement in DuckDB.</summary>
    public static void Execute(string sql) => Run("sql.mjs", sql);

    private static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output;
    }
}

/// <summary>A test with readers that are not ours; skipped, visibly, where they are absent.</summary>
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = Directory.Exists(Path.Combine(NodeReaders.Folder, "node_modules"))
        ? null
        : "no packages in tests/node: make setup-node";
}
