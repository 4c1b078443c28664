using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Masks.Png;
using SegPipeline.Model;

namespace SegPipeline.Formats.Ytvis;

/// <summary>The members of a video's record that describe its frames.</summary>
internal static class YtvisVideoText
{
    private const int HexDigitsOfColour = 6;

    private static ReadOnlySpan<byte> AnnotatedFrames => "annotated_frames"u8;

    private delegate T ItemReader<T>(ReadOnlySpan<byte> json);

    /// <summary>The file names, as written.</summary>
    /// <exception cref="RecordFaultException">There are none.</exception>
    public static ImmutableArray<string> FileNames(ReadOnlySpan<byte> record)
    {
        if (!JsonMembers.TryFind(record, "file_names"u8, out ReadOnlySpan<byte> json) || json[0] != '[')
            throw new RecordFaultException("NO_FILE_NAMES",
                "expected a video to have a list of file_names, found none");
        var names = ImmutableArray.CreateBuilder<string>();
        var items = new JsonMembers(json);
        while (items.NextItem())
        {
            if (items.Value[0] != '"')
                throw new RecordFaultException("NO_FILE_NAMES",
                    $"expected file_names to be texts, found {JsonText.Excerpt(items.Value)}");
            names.Add(JsonText.Unescape(items.Value[1..^1]));
        }

        return names.Count > 0
            ? names.DrainToImmutable()
            : throw new RecordFaultException("NO_FILE_NAMES", "expected a video to have frames, found none");
    }

    /// <summary>
    /// The numbers of the frames: those in their names (<c>00005.jpg</c> is 5) when every name has one and they rise,
    /// else their places.
    /// </summary>
    public static int[] Positions(ImmutableArray<string> names)
    {
        int[] positions = new int[names.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            ReadOnlySpan<char> stem = names[i].AsSpan()[(names[i].AsSpan().LastIndexOfAny('/', '\\') + 1)..];
            int dot = stem.IndexOf('.');
            if (dot >= 0) stem = stem[..dot];
            bool isNumber = int.TryParse(stem, NumberStyles.None, CultureInfo.InvariantCulture, out positions[i]);
            if (!isNumber || (i > 0 && positions[i] <= positions[i - 1])) return [.. Enumerable.Range(0, names.Length)];
        }

        return positions;
    }

    /// <summary>The void pixels of each frame; null when the record has none.</summary>
    /// <exception cref="RecordFaultException">The member is no list of one shape or null a frame.</exception>
    public static Segmentation?[]? Voids(ReadOnlySpan<byte> record, SampleEntry video, int frames)
    {
        if (!JsonMembers.TryFind(record, "void"u8, out ReadOnlySpan<byte> json) || json[0] == 'n') return null;
        return Items<Segmentation?>(json, "void", frames, item => item[0] == 'n'
            ? null
            : SegmentationJson.Read(item, video.HeightPx, video.WidthPx, ShortPolygons.Fail));
    }

    /// <summary>The palette of each frame; null when the record has none.</summary>
    /// <exception cref="RecordFaultException">The member is neither a palette nor a list of one or null a
    /// frame.</exception>
    public static Palette?[]? Palettes(ReadOnlySpan<byte> record, int frames)
    {
        if (!JsonMembers.TryFind(record, "palette"u8, out ReadOnlySpan<byte> json) || json[0] == 'n') return null;
        if (json[0] == '[') return Items(json, "palette", frames, item => item[0] == 'n' ? null : PaletteOf(item));
        var palettes = new Palette?[frames];
        Array.Fill(palettes, PaletteOf(json));
        return palettes;
    }

    /// <summary>
    /// Which frames are annotated; null when the record does not say, or has a member of this name that is no list of
    /// true and false, which somebody else gave another meaning.
    /// </summary>
    /// <exception cref="RecordFaultException">There are more or fewer than frames.</exception>
    public static bool[]? Annotated(ReadOnlySpan<byte> record, int frames)
    {
        if (!JsonMembers.TryFind(record, AnnotatedFrames, out ReadOnlySpan<byte> json) || json[0] != '[') return null;
        var items = new JsonMembers(json);
        while (items.NextItem())
            if (items.Value[0] is not ((byte)'t' or (byte)'f')) return null;
        return Items(json, "annotated_frames", frames, item => item[0] == 't');
    }

    private static Palette PaletteOf(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> hex = json[0] == '"' ? json[1..^1] : [];
        bool isWhole = hex.Length is > 0 and <= HexDigitsOfColour * Palette.MaxCount &&
            hex.Length % HexDigitsOfColour == 0;
        Span<byte> rgb = stackalloc byte[3 * Palette.MaxCount];
        for (int i = 0; isWhole && i < hex.Length; i += 2)
            isWhole = byte.TryParse(hex.Slice(i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out rgb[i / 2]);
        return isWhole
            ? new Palette(rgb[..(hex.Length / 2)])
            : throw new RecordFaultException("PALETTE",
                $"expected a palette of 6 hexadecimal digits a colour, found {JsonText.Excerpt(json)}");
    }

    private static T[] Items<T>(ReadOnlySpan<byte> list, string name, int frames, ItemReader<T> read)
    {
        if (list[0] != '[')
            throw new RecordFaultException("LIST_SHAPE",
                $"expected '{name}' to be a list with one entry a frame, found {JsonText.Excerpt(list)}");
        var values = new List<T>(frames);
        var items = new JsonMembers(list);
        while (items.NextItem()) values.Add(read(items.Value));
        return values.Count == frames ? [.. values] : throw new RecordFaultException("FRAME_COUNT",
            $"expected {Counted.Of(frames, "entry", "entries")} in '{name}', one for each frame of the video, " +
            $"found {values.Count}");
    }
}
