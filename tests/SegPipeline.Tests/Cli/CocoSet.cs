using System.Globalization;
using System.Text;
using SegPipeline.Tests.Support;

namespace SegPipeline.Tests.Cli;

/// <summary>A folder with a small COCO dataset and pipelines over it.</summary>
internal sealed class CocoSet : IDisposable
{
    private readonly TempFolder _temp = new();

    /// <param name="images">Number of images; every third annotation is a crowd.</param>
    public CocoSet(int images = 12)
    {
        var text = new StringBuilder("{\"images\":[");
        for (int i = 1; i <= images; i++)
            text.Append(CultureInfo.InvariantCulture, $"{Comma(i)}{{\"id\":{i},\"file_name\":\"{i}.jpg\",")
                .Append("\"width\":8,\"height\":6}");
        text.Append("],\"annotations\":[");
        for (int i = 1; i <= 2 * images; i++)
            text.Append(CultureInfo.InvariantCulture, $"{Comma(i)}{{\"id\":{i},\"image_id\":{(i + 1) / 2},")
                .Append(CultureInfo.InvariantCulture, $"\"category_id\":1,\"iscrowd\":{(i % 3 == 0 ? 1 : 0)},")
                .Append("\"bbox\":[1,1,3,3],\"area\":9,\"segmentation\":[[1,1,1,4,4,4,4,1]]}");
        text.Append("],\"categories\":[{\"id\":1,\"name\":\"cat\"}]}");
        Annotations = _temp.Write("instances.json", text.ToString());
    }

    /// <summary>The folder.</summary>
    public string Path => _temp.Path;

    /// <summary>The annotation file.</summary>
    public string Annotations { get; }

    /// <summary>Full path of something in the folder.</summary>
    public string this[string name] => _temp[name];

    /// <summary>Writes a pipeline <c>p.yaml</c> whose stages are these lines.</summary>
    public void Write(params string[] stages) => _temp.Write("p.yaml",
        "segpipe: 1\nname: p\nseed: 7\nparams:\n  size: { int: 4, min: 1 }\nstages:\n" +
        string.Concat(stages.Select(s => $"  {s}\n")) +
        (stages.Any(s => s.Contains("write.", StringComparison.Ordinal)) ? "release: { to: out }\n" : ""));

    /// <summary>Writes any file.</summary>
    public void WriteFile(string name, string text) => _temp.Write(name, text);

    /// <summary>Runs a command line in the folder.</summary>
    public Task<CliRun> RunAsync(params string[] args) => CliRun.InAsync(Path, args);

    public void Dispose() => _temp.Dispose();

    private static string Comma(int i) => i > 1 ? "," : "";
}
