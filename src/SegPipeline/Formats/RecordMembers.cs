using System.Text;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Formats;

/// <summary>What the records of one format have beyond ids: how their members are written.</summary>
internal abstract class RecordMembers
{
    /// <summary>Sets the members of an image or video record that are not as in its source.</summary>
    /// <param name="edit">Gets the members.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="source">Its record; null for a new one.</param>
    public abstract void SetFrames(RecordEdit edit, Sample sample, JsonSlice? source);

    /// <summary>Sets shapes, areas and boxes of an annotation that are not as in its source.</summary>
    /// <param name="edit">Gets the members.</param>
    /// <param name="sample">The sample it belongs to.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="source">Its record; null for a new one.</param>
    public abstract void SetShapes(RecordEdit edit, Sample sample, Instance instance, JsonSlice? source);

    /// <summary>True when annotations of a sample have members that must follow its frames.</summary>
    public abstract bool FollowsFrames(Sample sample);

    /// <summary>The pictures of a sample and their names in the release.</summary>
    /// <exception cref="BadDataException">A picture is missing, or its name is not safe.</exception>
    public abstract IReadOnlyList<(ReleaseName Name, Photo Photo)> PhotosOf(Sample sample);

    /// <summary>True when a member must be written: there is no record, or a stage changed it.</summary>
    protected static bool Sets(InstanceMembers member, Instance instance, JsonSlice? source) =>
        source is null || (instance.Changed & member) != 0;

    /// <summary>Sets a whole number, unless the source says the same.</summary>
    protected static void SetSize(RecordEdit edit, ReadOnlySpan<byte> record, string name, long size)
    {
        bool isThere = JsonMembers.TryFind(record, Encoding.UTF8.GetBytes(name), out ReadOnlySpan<byte> json);
        long old = isThere && JsonNumber.TryReadWhole(json, out long number) ? number : 0;
        if (old != size) JsonText.WriteNumber(edit.Set(name), size);
    }
}
