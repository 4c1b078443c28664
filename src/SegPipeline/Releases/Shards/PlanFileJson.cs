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
    private const int MostSurveyBytes = 1 << 28;

    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a plan, over what is there: the file appears whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(PlanFile plan, string path)
    {
        ArgumentNullException.ThrowIfNull(plan);
        string unfinished = path + ".partial";
        File.Delete(unfinished); // a link of that name would be written through
        using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
        {
            using (var json = new Utf8JsonWriter(stream, Layout)) Write(plan, json);
            stream.Write("\n"u8);
        }
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Reads a plan.</summary>
    /// <exception cref="BadDataException">It is missing, damaged, or no frozen plan.</exception>
    public static PlanFile Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            JsonElement root = document.RootElement;
            if (!root.TryGetProperty(Marker, out JsonElement version) || version.GetRawText() != $"{FormatVersion}")
                throw new FormatException($"'{Marker}: {FormatVersion}' is missing");
            PlanFile plan = Read(root);
            if (root.GetProperty("sha256").GetString() != plan.Digest)
                throw new FormatException("its content does not have the digest that it states");
            return plan;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refused(path, "there is no frozen plan here");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException
            or KeyNotFoundException or InvalidDataException or UnauthorizedAccessException)
        {
            throw Refused(path, "this is no whole frozen plan: " + e.Message);
        }
    }

    private static void Write(PlanFile plan, Utf8JsonWriter json)
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
        json.WriteBase64String("surveys_gzip", Packed(plan.Plan.Surveys.Span));
        json.WriteEndObject();
    }

    private static PlanFile Read(JsonElement root) => new(
        Text(root, "tool"), Text(root, "config_sha256"),
        new FrozenPlan(Text(root, "plan_sha256"), root.GetProperty("chunks").GetInt32(),
            root.GetProperty("samples").GetInt64(), Unpacked(root.GetProperty("surveys_gzip").GetBytesFromBase64())),
        [.. root.GetProperty("inputs").EnumerateArray().Select(input => new FrozenInput(
            Text(input, "stage"), Text(input, "name"),
            new FileDigest(input.GetProperty("bytes").GetInt64(), Text(input, "sha256")),
            FrozenInput.TimeOf(Text(input, "modified"))))]);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()
        ?? throw new FormatException($"'{name}' is null");

    private static byte[] Packed(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Unpacked(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        byte[] block = new byte[1 << 16];
        for (int count = gzip.Read(block); count > 0; count = gzip.Read(block))
        {
            if (bytes.Length + count > MostSurveyBytes)
                throw new FormatException($"what surveys gathered has more than {MostSurveyBytes} bytes");
            bytes.Write(block, 0, count);
        }
        return bytes.ToArray();
    }

    private static BadDataException Refused(string path, string why) => new(new Problem("PLAN_UNREADABLE", why)
    {
        File = path,
        Remedy = "make one with 'segpipe plan PIPELINE --freeze'",
    });
}
