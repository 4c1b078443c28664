using SegPipeline.Pipelines.Documents;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines;

/// <summary>Loads pipeline files.</summary>
public static class PipelineFile
{
    /// <summary>
    /// Loads a pipeline file. Whatever is wrong with it, and with the files it includes, is found at once and reported;
    /// no mistake of a user throws.
    /// </summary>
    /// <param name="path">The file; messages name it like this.</param>
    /// <param name="options">What to load it with; null for nothing special.</param>
    public static LoadedPipeline Load(string path, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var problems = new ProblemList(path);
        var start = new SourcePlace(path, 1, 1);
        YamlNode? root = YamlReader.ReadFile(path, path, start, problems);
        return Load(path, root, options ?? new LoadOptions(), problems);
    }

    /// <summary>Loads a pipeline from text, as if it stood in a file.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="path">The file; it need not exist.</param>
    /// <param name="options">What to load it with; null for nothing special.</param>
    public static LoadedPipeline Parse(string text, string path, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var problems = new ProblemList(path);
        return Load(path, YamlReader.Read(text, path, problems), options ?? new LoadOptions(), problems);
    }

    private static LoadedPipeline Load(string path, YamlNode? root, LoadOptions options, ProblemList problems)
    {
        if (root is null && problems.Count == 0)
            problems.Add(new SourcePlace(path, 1, 1), "the file is empty", "begin it with 'segpipe: 1'");
        return DocumentFile.Of(root, FileRole.Pipeline, problems) is { } document
            ? new PipelineLoader(path, document, options, problems).Load()
            : new LoadedPipeline
            {
                File = path,
                Name = Path.GetFileNameWithoutExtension(path),
                Problems = problems.Sorted(),
            };
    }
}
