using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SegPipeline.Model;

namespace SegPipeline.Formats.Parquet;

/// <summary>The values of a group, by name.</summary>
/// <param name="values">The values as they were read.</param>
internal sealed class RowValues(IReadOnlyDictionary<string, object?> values)
{
    /// <summary>The value of the first name that has one; null when there is none.</summary>
    public object? Find(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
            if (values.GetValueOrDefault(name) is { } value) return value;
        return null;
    }

    /// <summary>A number; null when there is none.</summary>
    /// <exception cref="RecordFaultException">It is something else.</exception>
    public double? Number(params ReadOnlySpan<string> names) => NumberOf(Find(names), names[0]);

    /// <summary>Text; null when there is none.</summary>
    public string? Text(params ReadOnlySpan<string> names) => Find(names) as string;

    /// <summary>An id; null when there is none.</summary>
    public RecordId? Id(params ReadOnlySpan<string> names) => Find(names) switch
    {
        long number => new RecordId(number),
        string text => RecordId.FromString(text),
        _ => null,
    };

    /// <summary>Values of other names, as JSON members.</summary>
    public ImmutableSortedDictionary<string, string> Others(IReadOnlySet<string> known)
    {
        var others = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach ((string name, object? value) in values)
            if (value is not null && !known.Contains(name) && JsonOf(value) is { } json) others[name] = json;
        if (Text("extra") is not { } extra) return others.ToImmutable();
        try
        {
            using JsonDocument members = JsonDocument.Parse(extra);
            foreach (JsonProperty member in members.RootElement.EnumerateObject())
                others[member.Name] = member.Value.GetRawText();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new RecordFaultException(
                "PARQUET_EXTRA", "expected a JSON object in the column 'extra': " + e.Message);
        }

        return others.ToImmutable();
    }

    /// <summary>A number, or null.</summary>
    /// <exception cref="RecordFaultException">It is something else.</exception>
    public static double? NumberOf(object? value, string what) => value switch
    {
        null => null,
        double real => real,
        long whole => whole,
        _ => throw new RecordFaultException("PARQUET_VALUE", $"expected a number as {what}, found something else"),
    };

    /// <summary>A list, or null.</summary>
    /// <exception cref="RecordFaultException">It is something else.</exception>
    public static List<object?>? ListOf(object? value, string what) => value switch
    {
        null => null,
        List<object?> list => list,
        _ => throw new RecordFaultException("PARQUET_VALUE", $"expected a list as {what}, found something else"),
    };

    private static string? JsonOf(object? value)
    {
        switch (value)
        {
            case null:
                return "null";
            case long whole:
                return whole.ToString(CultureInfo.InvariantCulture);
            case double real:
                return double.IsFinite(real) ? real.ToString("R", CultureInfo.InvariantCulture) : "null";
            case string text:
                var buffer = new ArrayBufferWriter<byte>();
                JsonText.WriteString(buffer, text);
                return Encoding.UTF8.GetString(buffer.WrittenSpan);
            case List<object?> list:
                return "[" + string.Join(", ", list.Select(i => JsonOf(i) ?? "null")) + "]";
            case Dictionary<string, object?> group:
                var members = group.Select(m => $"{JsonOf(m.Key)}: {JsonOf(m.Value) ?? "null"}");
                return "{" + string.Join(", ", members) + "}";
            default:
                return null;
        }
    }
}
