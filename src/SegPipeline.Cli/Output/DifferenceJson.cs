using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SegPipeline.Comparison;

namespace SegPipeline.Cli.Output;

/// <summary>Tells a program how two releases differ.</summary>
internal static class DifferenceJson
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        IncludeFields = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Writes one object.</summary>
    public static void Write(ReleaseDifference difference, TextWriter target) =>
        target.Write(JsonSerializer.Serialize(new
        {
            equal = difference.IsEmpty,
            difference.EqualFiles,
            settings = difference.Settings.Select(s => new { s.Name, s.Before, s.After }),
            config_lines = difference.ConfigLines,
            difference.Flow,
            difference.Files,
            difference.Datasets,
        }, Layout) + "\n");
}
