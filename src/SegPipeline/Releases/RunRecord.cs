using System.Text.Encodings.Web;
using System.Text.Json;

namespace SegPipeline.Releases;

/// <summary>
/// When, where and how fast a release was made. It stands beside the release, not in it, because it differs from run
/// to run: the release <c>releases/x</c> has <c>releases/x.run.json</c>.
/// </summary>
public sealed record RunRecord
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>SHA-256 of the release's manifest: tells which release the run made.</summary>
    public required string ManifestSha256 { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Seconds from beginning to end.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Processor seconds of all threads.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Most memory that was resident at once, in bytes.</summary>
    public required long PeakResidentBytes { get; init; }

    /// <summary>Chunks worked on at once.</summary>
    public required int Workers { get; init; }

    /// <summary>Most chunks between admission and commit.</summary>
    public required int Window { get; init; }

    /// <summary>Byte budget of admitted chunks.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Name of the machine.</summary>
    public required string Machine { get; init; }

    /// <summary>Its processors.</summary>
    public required int Processors { get; init; }

    /// <summary>Operating system.</summary>
    public required string System { get; init; }

    /// <summary>Version of .NET.</summary>
    public required string Runtime { get; init; }

    /// <summary>Writes the record beside a release, replacing that of an earlier run.</summary>
    public void Write(string releaseFolder)
    {
        string path = ReleaseSiblings.RecordOf(releaseFolder);
        string unfinished = path + ".partial";
        File.Delete(unfinished); // a link of that name would be written through
        File.WriteAllText(unfinished, JsonSerializer.Serialize(this, Layout) + "\n");
        File.Move(unfinished, path, overwrite: true);
    }
}
