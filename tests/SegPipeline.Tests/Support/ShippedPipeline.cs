using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SegPipeline.Tests.Cli;
using SegPipeline.Tests.Releases;

namespace SegPipeline.Tests.Support;

/// <summary>Runs the pipelines of the <c>pipelines</c> folder as a user does.</summary>
internal static class ShippedPipeline
{
    /// <summary>
    /// Runs a pipeline with 1, 2 and 8 workers: every release must verify and have the same bytes. A pipeline of ours
    /// over generated data runs through the whole <see cref="SameBytesMatrix"/> too.
    /// </summary>
    public static async Task SameBytesAsync(TempFolder folder, string file, params string[] arguments)
    {
        var digests = new HashSet<string>(StringComparer.Ordinal);
        foreach (int workers in (int[])[1, 2, 8])
        {
            string release = folder[$"release-{workers}"];
            await RunAsync(file, release, workers, arguments);
            digests.Add(DigestOf(release));
            CliRun verify = await CliRun.InAsync(SharedData.Root, "verify", release);
            Assert.True(verify.ExitCode == 0, verify.Out + verify.Error);
        }
        Assert.Single(digests);
        if (IsShipped(file) && !IsReal(arguments))
            await new SameBytesMatrix(folder, PathOf(file), Values(arguments)).CheckAsync();
    }

    /// <summary>Runs a pipeline into a folder; it must end well.</summary>
    public static async Task RunAsync(string file, string release, int workers, params string[] arguments)
    {
        string[] how = ["--to", release, "--workers", $"{workers}", "--window", $"{workers + 1}"];
        CliRun run = await CliRun.InAsync(SharedData.Root, ["run", PathOf(file), .. how, .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
        using var croissant = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(release, "croissant.json")));
        Assert.Empty(CroissantRules.Broken(croissant.RootElement));
    }

    /// <summary>One digest over the names and bytes of all files.</summary>
    public static string DigestOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .OrderBy(p => p, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, path)));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(path)));
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Path of a pipeline file.</summary>
    public static string PathOf(string file) => Path.Combine(SharedData.Root, "pipelines", file);

    private static bool IsShipped(string file) => !Path.IsPathRooted(file);

    private static bool IsReal(string[] arguments) => SharedData.Data is { } data &&
        Array.Exists(arguments, argument => argument.Contains(data, StringComparison.Ordinal));

    private static Dictionary<string, string> Values(string[] arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] pair in arguments.Chunk(2))
        {
            Assert.Equal("--set", pair[0]);
            string[] parts = pair[1].Split('=', 2);
            values[parts[0]] = parts[1];
        }
        return values;
    }
}
