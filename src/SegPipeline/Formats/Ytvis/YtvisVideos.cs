using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Model;

namespace SegPipeline.Formats.Ytvis;

/// <summary>What must be known of all videos before one is read: how many frames they have, and their keys.</summary>
internal sealed class YtvisVideos
{
    private readonly AnnotationIndex _index;
    private readonly string[] _folders;
    private readonly Dictionary<int, bool[]> _annotated = [];

    /// <summary>Looks into the records of the videos.</summary>
    /// <param name="file">The file they are in.</param>
    /// <param name="index">Where they stand.</param>
    /// <param name="warn">Told of lengths that are not the number of frames.</param>
    public YtvisVideos(SourceFile file, AnnotationIndex index, Action<string> warn)
    {
        _index = index;
        _folders = new string[index.Samples.Count];
        FrameCounts = new int[index.Samples.Count];
        int wrong = 0;
        string? first = null;
        for (int i = 0; i < _folders.Length; i++)
        {
            if (Look(file, i) is not { } length || length == FrameCounts[i]) continue;
            wrong++;
            first ??= $"video {index.Samples[i].Id} says {length} and has {FrameCounts[i]} file_names";
        }

        if (first is not null)
            warn($"{file.Path} has {Counted.Of(wrong, "video")} whose length is not the number of frames: {first}" +
                (wrong > 1 ? $", and {wrong - 1} more" : "") + "; the file_names count");
    }

    /// <summary>The number of frames of each video.</summary>
    public int[] FrameCounts { get; }

    /// <summary>True when some frame of the video is known not to be annotated.</summary>
    public bool HasUnannotated(int video) => _annotated.ContainsKey(video);

    /// <summary>True when the video says of the frame that it is not annotated.</summary>
    public bool IsUnannotated(int video, int frame) =>
        _annotated.TryGetValue(video, out bool[]? frames) && !frames[frame];

    /// <summary>
    /// The keys of videos: the folder of their frames; where several share it, with as many folders above it as it
    /// takes to tell them apart; where that does not help, with their ids.
    /// </summary>
    public string[] FolderKeys(IReadOnlyList<int> planned)
    {
        string[] keys = [.. planned.Select(v => NameParts.Last(_folders[v], 1))];
        int[] open = [.. Enumerable.Range(0, keys.Length)];
        for (int parts = 2; ; parts++)
        {
            open = [.. open.GroupBy(i => keys[i], StringComparer.Ordinal)
                .Where(g => g.Key.Length == 0 || g.Count() > 1).SelectMany(g => g)];
            if (open.Length == 0) return keys;
            bool isAnyLonger = false;
            foreach (int i in open)
            {
                string longer = NameParts.Last(_folders[planned[i]], parts);
                isAnyLonger |= longer != keys[i];
                keys[i] = longer;
            }

            if (!isAnyLonger) break;
        }

        foreach (int i in open) keys[i] = keys[i].Length == 0 ? IdKey(planned[i]) : $"{keys[i]}#{IdKey(planned[i])}";
        return keys;
    }

    /// <summary>The key of a video that its id is.</summary>
    public string IdKey(int video)
    {
        RecordId id = _index.Samples[video].Id;
        return id.IsInteger ? id.Number.ToString(CultureInfo.InvariantCulture) : JsonText.Unquote(id.JsonText);
    }

    private long? Look(SourceFile file, int video)
    {
        _folders[video] = "";
        JsonRange range = _index.Samples[video].Record;
        using var record = new RecordBytes(file, range.Offset, range.LengthBytes);
        try
        {
            ImmutableArray<string> names = YtvisVideoText.FileNames(record.Text);
            FrameCounts[video] = names.Length;
            string name = names[0].Replace('\\', '/');
            _folders[video] = name[..Math.Max(0, name.LastIndexOf('/'))];
            if (YtvisVideoText.Annotated(record.Text, names.Length) is { } annotated && annotated.Contains(false))
                _annotated[video] = annotated;
            bool hasLength = JsonMembers.TryFind(record.Text, "length"u8, out ReadOnlySpan<byte> json);
            return hasLength && JsonNumber.TryReadWhole(json, out long length) ? length : null;
        }
        catch (RecordFaultException)
        {
            return null; // told when the video is read
        }
    }
}
