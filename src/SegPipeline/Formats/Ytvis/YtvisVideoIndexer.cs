using SegPipeline.Model;

namespace SegPipeline.Formats.Ytvis;

/// <summary>Takes the videos of a scan into the index; their names are read later, by position.</summary>
internal sealed class YtvisVideoIndexer(SourceFile file, AnnotationIndex index)
    : SampleIndexer(file, index, AnnotationLayout.Videos, "file_names")
{
    /// <summary>True when some video has a list of file names, as every one of YouTube-VIS does.</summary>
    public bool HasFileNames { get; private set; }

    protected override void BeginName() { }

    protected override void Other(int member, ReadOnlySpan<byte> json) { }

    protected override void OtherComposite(int member) => HasFileNames = true;

    protected override string? EndName() => null;
}
