using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using SegPipeline.Engine.Sharding;
using SegPipeline.Model;

namespace SegPipeline.Releases.Shards;

/// <summary>A frozen plan as a JSON file. What surveys gathered is in it as base64 of gzip.</summary>
public static class PlanFileJson
{
    private const string Marker = "segpipe_plan";
    private const int FormatVersion = 1;
    private const int MostSurveyBytes = 1 << 29;
    private const int MostPackedBytes = 120_000_000; // what a writer of JSON takes as base64, rounded down
    private const int HeadBytes = 64;

    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Makes sure that a plan can be written to a place before it is made: makes the folders to it, and
    /// refuses to replace what is no plan.</summary>
    /// <exception cref="BadDataException">Something else is there.</exception>
    public static void Prepare(string path)
    {
        string? other = Directory.Exists(path) ? "there is a folder of this name"
            : File.Exists(path) && !LooksLikeOne(path) ? "there is a file of this name that is no frozen plan"
            : null;
        if (other is not null)
            throw new BadDataException(new Problem("PLAN_NOT_REPLACED", other)
            {
                File = path,
                Remedy = "give the plan another name, or move it away",
            });
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Writes a plan, over what is there: the file appears whole or not at all.</summary>
    /// <exception cref="BadDataException">Surveys have gathered more than such a file can hold.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(PlanFile plan, string path)
    {
        ArgumentNullException.ThrowIfNull(plan);
        byte[] surveys = Packed(plan.Plan.Surveys, path);
        // A name of its own: two that freeze at once must not write to one file.
        string unfinished = $"{path}.{Path.GetRandomFileName()}.partial";
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                using (var json = new Utf8JsonWriter(stream, Layout)) Write(plan, surveys, json);
                stream.Write("\n"u8);
                stream.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Reads a plan.</summary>
    /// <exception cref="BadDataException">It is missing, damaged, or no frozen plan.</exception>
    public static PlanFile Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return Read(document.RootElement, path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refused(path, "there is no frozen plan here");
        }
        catch (UnauthorizedAccessException e)
        {
            throw Refused(path, Directory.Exists(path) ? "this is a folder, no frozen plan" : e.Message);
        }
        catch (JsonException e)
        {
            throw Refused(path, "this is no whole frozen plan: it is no JSON, or was cut short", e.LineNumber + 1);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException
            or InvalidDataException)
        {
            throw Refused(path, "this is no whole frozen plan: something in it is missing or was changed");
        }
    }

    private static bool LooksLikeOne(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] head = new byte[HeadBytes];
        int count = stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        return count == 0 || head.AsSpan(0, count).IndexOf("\"segpipe_plan\""u8) >= 0;
    }

    private static PlanFile Read(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(Marker, out JsonElement version))
            throw Refused(path, $"this is no frozen plan: it has no '{Marker}'");
        if (version.GetRawText() != $"{FormatVersion}")
            throw Refused(path,
                $"this is a frozen plan of format {version.GetRawText()}, this segpipe reads format {FormatVersion}");
        PlanFile plan = Read(root) ??
            throw Refused(path, $"what surveys gathered has more than {MostSurveyBytes} bytes");
        return root.GetProperty("sha256").GetString() == plan.Digest ? plan
            : throw Refused(path, "this is no whole frozen plan: its content does not have the digest that it states");
    }

    private static void Write(PlanFile plan, byte[] surveys, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber(Marker, FormatVersion);
        json.WriteString("sha256", plan.Digest);
        json.WriteString("tool", plan.Tool);
        json.WriteString("config_sha256", plan.ConfigDigest);
        json.WriteString("plan_sha256", plan.Plan.Sha256);
        json.WriteNumber("chunks", plan.Plan.Chunks);
        json.WriteNumber("samples", plan.Plan.Samples);
        json.WriteStartArray("inputs");
        foreach (FrozenInput input in plan.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("stage", input.Stage);
            json.WriteString("name", input.Name);
            json.WriteNumber("bytes", input.Digest.SizeBytes);
            json.WriteString("sha256", input.Digest.Sha256);
            json.WriteString("modified", input.ModifiedText);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteBase64String("surveys_gzip", surveys);
        json.WriteEndObject();
    }

    private static PlanFile? Read(JsonElement root)
    {
        if (Unpacked(root.GetProperty("surveys_gzip").GetBytesFromBase64()) is not { } surveys) return null;
        return new PlanFile(Text(root, "tool"), Text(root, "config_sha256"),
            new FrozenPlan(Text(root, "plan_sha256"), root.GetProperty("chunks").GetInt32(),
                root.GetProperty("samples").GetInt64(), surveys),
            [.. root.GetProperty("inputs").EnumerateArray().Select(input => new FrozenInput(
            Text(input, "stage"), Text(input, "name"),
            new FileDigest(input.GetProperty("bytes").GetInt64(), Text(input, "sha256")),
            FrozenInput.TimeOf(Text(input, "modified"))))]);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()
        ?? throw new FormatException($"'{name}' is null");

    private static byte[] Packed(ReadOnlyMemory<byte> surveys, string path)
    {
        using var packed = new MemoryStream();
        if (surveys.Length <= MostSurveyBytes)
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                gzip.Write(surveys.Span);
        if (surveys.Length <= MostSurveyBytes && packed.Length <= MostPackedBytes) return packed.ToArray();
        throw new BadDataException(new Problem("PLAN_TOO_LARGE",
            $"what surveys gathered has {surveys.Length} bytes, which is more than a frozen plan can hold")
        {
            File = path,
            Remedy = "run the pipeline on one machine, or divide the dataset among several pipelines",
        });
    }

    /// <summary>What was packed; null when it has more bytes than a plan can have.</summary>
    private static byte[]? Unpacked(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        byte[] block = new byte[1 << 16];
        for (int count = gzip.Read(block); count > 0; count = gzip.Read(block))
        {
            if (bytes.Length + count > MostSurveyBytes) return null;
            bytes.Write(block, 0, count);
        }
        return bytes.ToArray();
    }

    private static BadDataException Refused(string path, string why, long? line = null) =>
        new(new Problem("PLAN_UNREADABLE", why)
        {
            File = path,
            Line = line,
            Remedy = "make one with 'segpipe plan PIPELINE --freeze'",
        });
}
