using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>Members of a record, beyond the typed ones, that say something in pixels.</summary>
internal static class ScaledMembers
{
    private const string Keypoints = "keypoints";
    private const string Width = "width";
    private const string Height = "height";

    /// <summary>The instance with its keypoints scaled (x, y, visibility, and so on), and with the size of the frame
    /// where its own record repeats that, as those of YouTube-VIS do.</summary>
    /// <exception cref="BadDataException">The keypoints are no such list.</exception>
    public static Instance Apply(Instance instance, FrameScale scale)
    {
        ImmutableSortedDictionary<string, string> members = instance.ExtraMembers;
        if (instance.MemberText(Keypoints) is { } keypoints)
            members = members.SetItem(Keypoints, Scaled(keypoints, scale, instance));
        members = Replace(members, instance, Width, scale.Frame.WidthPx, scale.WidthPx);
        members = Replace(members, instance, Height, scale.Frame.HeightPx, scale.HeightPx);
        return ReferenceEquals(members, instance.ExtraMembers) ? instance : instance with { ExtraMembers = members };
    }

    private static ImmutableSortedDictionary<string, string> Replace(
        ImmutableSortedDictionary<string, string> members, Instance instance, string name, int oldPx, int newPx) =>
        instance.MemberText(name) == oldPx.ToString(CultureInfo.InvariantCulture)
            ? members.SetItem(name, newPx.ToString(CultureInfo.InvariantCulture))
            : members;

    private static string Scaled(string keypoints, FrameScale scale, Instance instance)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(keypoints);
            if (document.RootElement.ValueKind == JsonValueKind.Null) return keypoints;
            return "[" + string.Join(',', document.RootElement.EnumerateArray().Select((value, i) => (i % 3) switch
            {
                0 => Text(value.GetDouble() * scale.X),
                1 => Text(value.GetDouble() * scale.Y),
                _ => value.GetRawText(),
            })) + "]";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new BadDataException(new Problem("KEYPOINTS", "a list of numbers is expected as keypoints")
            {
                File = instance.SourceRecord?.File.Path,
                ByteOffset = instance.SourceRecord?.Offset,
                Record = instance.Id is { } id ? $"annotation {id}" : null,
            }, e);
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
