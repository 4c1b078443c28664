using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>The files of a dataset, open, and what one scan of each found in them.</summary>
internal sealed class ScannedFiles : IDisposable
{
    private readonly List<SourceFile> _files = [];

    private ScannedFiles() { }

    /// <summary>The file with the samples and categories.</summary>
    public SourceFile Surroundings => _files[0];

    /// <summary>The file with the annotations, mostly the same.</summary>
    public SourceFile Annotations => _files[^1];

    /// <summary>All of them.</summary>
    public IReadOnlyList<SourceFile> Files => _files;

    /// <summary>What stands in them.</summary>
    public AnnotationIndex Index { get; } = new();

    /// <summary>Opens and scans the files of a reader.</summary>
    /// <param name="input">Which files.</param>
    /// <param name="layout">Whether they are of images or videos.</param>
    /// <param name="samplesOf">Makes what takes the images or videos of a file into the index.</param>
    /// <param name="warn">Told of what was passed over.</param>
    /// <exception cref="BadDataException">A file is missing, is not JSON, or has no list of samples.</exception>
    public static ScannedFiles Scan(
        AnnotationInput input, AnnotationLayout layout, Func<SourceFile, AnnotationIndex, SampleIndexer> samplesOf,
        Action<string> warn)
    {
        var scanned = new ScannedFiles();
        try
        {
            for (int i = 0; i < input.Files.Count; i++)
            {
                SourceFile file = SourceFile.Open(input.Files[i].FullPath, input.Files[i].Text);
                scanned._files.Add(file);
                AnnotationLists takes = input.Files.Count == 1 ? AnnotationLists.All
                    : i == 0 ? AnnotationLists.Surroundings : AnnotationLists.Annotations;
                SampleIndexer samples = samplesOf(file, scanned.Index);
                var indexer = new AnnotationFileIndexer(file, scanned.Index, layout, samples, takes);
                JsonRecordScanner.Scan(file, indexer, warn);
                indexer.Report(warn);
            }

            if (scanned.Index.Document.Exists(m => m.Name == layout.List && m.Value is null)) return scanned;
            throw JsonFault.At(scanned.Surroundings, 0, $"NO_{layout.Code}S",
                $"expected a list '{layout.List}' in the file, found none", remedy: layout.Advice);
        }
        catch
        {
            scanned.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _files.ForEach(f => f.Dispose());
}
