using System.Reflection;
using SegPipeline.Engine;
using SegPipeline.Model;
using SegPipeline.Stages;

namespace SegPipeline.Comparison;

/// <summary>Finds out what a file of a release goes back to: the stage that wrote it, and the record at a
/// place in it.</summary>
internal static class FileOrigins
{
    /// <summary>The writers that may have written a file: those that it, or the folder it is in, was named to; all that
    /// name no file or folder, where none did.</summary>
    /// <param name="graph">The graph that was run.</param>
    /// <param name="file">Name of the file.</param>
    /// <returns>Their names, as in <c>out</c> or <c>a or b</c>; null when no writer wrote it.</returns>
    public static string? StageOf(PipelineGraph graph, string file)
    {
        var writers = graph.Nodes.Where(node => node.Stage is Writer)
            .Select(node => (node.Name, Fit: NamesOf(node.Stage).Select(name => Fit(name, file)).Max())).ToArray();
        int best = writers.Select(w => w.Fit).DefaultIfEmpty(-1).Max();
        string[] names = [.. writers.Where(w => w.Fit == best && best >= 0).Select(w => w.Name)];
        return names.Length == 0 ? null : string.Join(" or ", names);
    }

    /// <summary>The record of a dataset that stands at a place of a file, or the sample that a file is of.</summary>
    /// <returns>The sample and the record in words; null when there is none.</returns>
    public static FileRecord? RecordAt(OpenDataset dataset, InputPath file, long offset) =>
        dataset.SourceFiles.FirstOrDefault(f => f.Path == file.Text) is { } source
            ? ParallelEnumerable.Range(0, dataset.Plan.Count).AsOrdered()
                .Select(i => Known(() => RecordAt(dataset.Read(i), source, offset)))
                .FirstOrDefault(found => found is not null)
            : ParallelEnumerable.Range(0, dataset.Plan.Count).AsOrdered()
                .Where(i => Known(() => dataset.FilesOf(i))?.Contains(file.FullPath, StringComparer.Ordinal) == true)
                .Select(i => new FileRecord(dataset.Plan[i].Key)).FirstOrDefault();

    // Whoever compares the data says what is wrong with it.
    private static T? Known<T>(Func<T?> ask)
        where T : class
    {
        try
        {
            return ask();
        }
        catch (BadDataException)
        {
            return null;
        }
    }

    private static FileRecord? RecordAt(Sample sample, SourceFile source, long offset)
    {
        bool IsIn(JsonSlice? slice) => slice is { } record && ReferenceEquals(record.File, source) &&
            offset >= record.Offset && offset < record.Offset + record.LengthBytes;
        foreach (Instance instance in sample.Instances)
            if (IsIn(instance.SourceRecord)) return new FileRecord(sample.Key) { Instance = instance.Id?.JsonText };
        return IsIn(sample.SourceRecord) || IsIn(sample.AnnotationRecord) ? new FileRecord(sample.Key) : null;
    }

    private static IEnumerable<ReleaseName?> NamesOf(Stage writer) => writer.GetType().GetProperties()
        .Where(p => p.PropertyType == typeof(ReleaseName) || p.PropertyType == typeof(ReleaseName?))
        .Select(p => (ReleaseName?)p.GetValue(writer, BindingFlags.Default, null, null, null))
        .Append(null);

    // A writer that names nothing may have written anything, but whoever names the file has.
    private static int Fit(ReleaseName? name, string file) => name switch
    {
        null => 0,
        { Value: var whole } when whole == file => int.MaxValue,
        { Value: var folder } when file.StartsWith(folder + "/", StringComparison.Ordinal) => folder.Length,
        _ => 0,
    };
}

/// <summary>A record of a dataset that a file holds.</summary>
/// <param name="Key">Key of its sample.</param>
public sealed record FileRecord(string Key)
{
    /// <summary>Id of the annotation that the record is of; null for the record of the sample itself.</summary>
    public string? Instance { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Instance is null ? $"'{Key}'" : $"annotation {Instance} of '{Key}'";
}
