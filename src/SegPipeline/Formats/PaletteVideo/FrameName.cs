using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats.PaletteVideo;

/// <summary>The names that the files of a frame get: folder of the video, and file within it.</summary>
/// <param name="Folder">Name of the video's folder.</param>
/// <param name="File">Name of the picture within it.</param>
internal readonly record struct FrameName(ReleaseName Folder, ReleaseName File)
{
    /// <summary>Name of the frame without extension.</summary>
    public string Stem => Path.GetFileNameWithoutExtension(File.Value);

    /// <summary>Place of the picture.</summary>
    public ReleaseName Picture => Folder / File;

    /// <summary>Place of the mask.</summary>
    public ReleaseName Mask => Folder / ReleaseName.From(Stem + ".png");

    /// <summary>
    /// The names of a frame: the last two parts of its own name, since videos lie in one folder each whatever stands
    /// above them, in LV-VIS the path of somebody's disk; the key of the sample where the name has only one part.
    /// </summary>
    /// <exception cref="BadDataException">One of these parts is hostile (<c>UNSAFE_NAME</c>).</exception>
    public static FrameName Of(Sample sample, Frame frame)
    {
        string[] parts = NameParts.Last(frame.Name.Replace('\\', '/'), 2).Split('/');
        string folder = parts.Length > 1 ? parts[^2] : NameParts.Last(sample.Key.Replace('\\', '/'), 1);
        return new FrameName(Safe(folder, sample), Safe(parts[^1], sample));
    }

    /// <summary>The names of all frames of a video.</summary>
    /// <exception cref="BadDataException">A name is hostile, or the frames lie in different folders
    /// (<c>FRAME_FOLDERS</c>).</exception>
    public static FrameName[] AllOf(Sample sample)
    {
        FrameName[] names = [.. sample.Frames.Select(frame => Of(sample, frame))];
        foreach (FrameName name in names)
            if (name.Folder != names[0].Folder)
                throw new BadDataException(new Problem("FRAME_FOLDERS",
                    $"expected the frames of a video in one folder, found '{names[0].Folder}' and '{name.Folder}'")
                {
                    Record = $"video {sample.Key}",
                    Remedy = "rename the frames in the source",
                });
        return names;
    }

    private static ReleaseName Safe(string part, Sample sample)
    {
        try
        {
            return ReleaseName.From(part);
        }
        catch (BadDataException e)
        {
            throw new BadDataException([.. e.Problems.Select(p => p with { Record = $"video {sample.Key}" })]);
        }
    }
}
