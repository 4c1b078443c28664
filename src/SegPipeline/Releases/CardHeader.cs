using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SegPipeline.Engine;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>
/// The YAML in front of a dataset card, by which Hugging Face finds and loads a dataset. It says nothing that neither
/// the pipeline file nor the run knows.
/// </summary>
/// <remarks>Keys and words: https://huggingface.co/docs/hub/datasets-cards. Features are left to the Parquet files,
/// which have them; sizes in memory are not known here.</remarks>
internal static class CardHeader
{
    private static readonly JsonSerializerOptions Plainly = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly char[] NotInNames = [.. "<>:/\\|?*"];

    private static readonly string[] Sizes =
    [
        "n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B", "1B<n<10B", "10B<n<100B",
        "100B<n<1T", "n>1T",
    ];

    /// <summary>The text, with the lines that part it from the card.</summary>
    public static string Text(ReleaseRecord record)
    {
        var text = new StringBuilder("---\n");
        AppendLicence(text, record.Card.Licence);
        Append(text, $"pretty_name: {Quoted(record.Card.Title ?? record.Graph.Name)}");
        var datasets = Datasets(record);
        AppendList(text, "task_categories", TasksOf(datasets).Where(HubTasks.Has));
        if (datasets.Count > 0) AppendList(text, "size_categories", [SizeOf(datasets)]);
        AppendList(text, "tags", Tags(record, datasets).Select(Quoted));
        AppendConfigs(text, record);
        return text.Append("---\n\n").ToString();
    }

    /// <summary>The writers of what models are trained on, and how many samples they wrote.</summary>
    private static List<(Writer Writer, long Samples)> Datasets(ReleaseRecord record) =>
        [.. record.Graph.Nodes.Zip(record.Result.Ledger.Stages)
            .Where(n => n.First.Stage is Writer { Tasks.Count: > 0 })
            .Select(n => ((Writer)n.First.Stage, n.Second.Samples.Out))];

    private static void AppendLicence(StringBuilder text, string? licence)
    {
        if (licence is null) return;
        KnownLicence known = KnownLicence.Of(licence);
        Append(text, "license: " + (known.HuggingFaceId ?? "other"));
        if (known.HuggingFaceId is not null) return;
        Append(text, $"license_name: {Quoted(licence)}");
        if (known.Url is { } url) Append(text, $"license_link: {Quoted(url)}");
    }

    // Writers of one format write parts of the dataset, those of another format write it once more.
    private static string SizeOf(List<(Writer Writer, long Samples)> datasets)
    {
        long samples = datasets.GroupBy(w => w.Writer.GetType()).Max(format => format.Sum(w => w.Samples));
        int size = 0;
        for (long bound = 1000; size < Sizes.Length - 1 && samples >= bound; bound *= 10) size++;
        return Sizes[size];
    }

    private static IEnumerable<string> Tags(ReleaseRecord record, List<(Writer Writer, long Samples)> datasets)
    {
        IEnumerable<string> formats = datasets
            .Select(w => StageAttribute.NameOf(w.Writer).Replace("write.", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        IEnumerable<string> tasks = TasksOf(datasets).Where(task => !HubTasks.Has(task));
        return record.Card.Keywords.Concat(formats).Concat(tasks).Append("segpipeline").Distinct();
    }

    // What a writer is for is said by its author, who need not know the words of the hub: others are tags.
    private static IEnumerable<string> TasksOf(List<(Writer Writer, long Samples)> datasets) =>
        datasets.SelectMany(w => w.Writer.Tasks).Distinct();

    // A configuration is a folder there, whose name no system may refuse.
    private static string ConfigName(string folder, HashSet<string> taken)
    {
        string name = string.Join('-', folder.TrimEnd('/').Split(NotInNames));
        while (!taken.Add(name)) name += "-2";
        return name;
    }

    private static void AppendConfigs(StringBuilder text, ReleaseRecord record)
    {
        var folders = record.Result.Tables.Select(t => t.Table)
            .Where(t => t.Split is not null && t.Files.EndsWith(".parquet", StringComparison.Ordinal))
            .GroupBy(t => t.Files[..(t.Files.LastIndexOf('/') + 1)], StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToList();
        if (folders.Count > 0) Append(text, "configs:");
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var folder in folders)
        {
            string name = folders.Count == 1 ? "default" : ConfigName(folder.Key, taken);
            Append(text, $"- config_name: {Quoted(name)}\n  data_files:");
            foreach (RecordTable table in folder)
                Append(text, $"  - split: {Quoted(table.Split!)}\n    path: {Quoted(table.Files)}");
        }
    }

    private static void AppendList(StringBuilder text, string key, IEnumerable<string> items)
    {
        bool isFirst = true;
        foreach (string item in items)
        {
            if (isFirst) Append(text, key + ":");
            Append(text, "- " + item);
            isFirst = false;
        }
    }

    private static void Append(StringBuilder text, string line) => text.Append(line).Append('\n');

    /// <summary>A text as YAML takes it, whatever is in it: a JSON string.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Plainly);
}
