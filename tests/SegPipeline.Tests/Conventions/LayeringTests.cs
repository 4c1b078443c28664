using System.Text.RegularExpressions;

namespace SegPipeline.Tests.Conventions;

/// <summary>Arrows point one way: the table of src/ARCHITECTURE.md, held by reading what a file names.</summary>
public sealed partial class LayeringTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Masks"] = [],
        ["Model"] = ["Masks"],
        ["Stages"] = ["Model"],
        ["Imaging"] = ["Model", "Stages", "Masks"],
        ["Formats"] = ["Stages", "Model", "Masks", "Imaging"],
        ["Transforms"] = ["Stages", "Model", "Masks", "Imaging"],
        ["Statistics"] = ["Stages", "Model"],
        ["Engine"] = ["Stages", "Model", "Statistics"],
        ["Pipelines"] = ["Engine", "Stages", "Model", "Masks"],
        ["Reports"] = ["Engine", "Statistics", "Stages", "Model", "Masks", "Imaging"],
        ["Inspection"] = ["Reports", "Engine", "Statistics", "Stages", "Model", "Imaging"],
        ["Releases"] = ["Reports", "Engine", "Stages", "Model"],
        ["Comparison"] = ["Releases", "Pipelines", "Engine", "Stages", "Model", "Masks"],
        ["Detection"] = ["Pipelines", "Releases", "Engine", "Stages", "Model"],
        ["Viewer"] = ["Masks", "Model", "Stages", "Imaging", "Transforms", "Releases", "Comparison"],
        ["Cli"] =
        [
            "Masks", "Model", "Stages", "Imaging", "Formats", "Transforms", "Engine", "Pipelines", "Releases",
            "Comparison", "Detection", "Statistics", "Reports", "Inspection", "Viewer",
        ],
    };

    [Fact]
    public void Every_source_file_names_only_the_layers_below_its_own()
    {
        string[] wrong = [.. Sources.CSharp("src").SelectMany(Violations)];
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_format_knows_a_sibling()
    {
        var wrong = from file in Sources.CSharp("src/SegPipeline/Formats")
                    let own = FormatFolder().Match(file)
                    where own.Success
                    from Match use in FormatName().Matches(Sources.Read(file))
                    where use.Groups[1].Value != own.Groups[1].Value
                    select $"{file} names {use.Value}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_folder_of_the_sources_has_a_row_in_the_table()
    {
        var layers = Sources.CSharp("src").Select(LayerOf).Distinct(StringComparer.Ordinal);
        Assert.Empty(layers.Except(Allowed.Keys, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Violations(string file)
    {
        string layer = LayerOf(file);
        var named = LayerName().Matches(Sources.Read(file)).Select(m => m.Groups[1].Value);
        return named.Distinct(StringComparer.Ordinal)
            .Where(other => other != layer && !Allowed[layer].Contains(other, StringComparer.Ordinal))
            .Select(other => $"{file}: {layer} must not name {other}");
    }

    private static string LayerOf(string file)
    {
        string[] parts = file.Split('/');
        return parts[1] switch
        {
            "SegPipeline.Masks" => "Masks",
            "SegPipeline.Cli" => "Cli",
            "SegPipeline.Viewer" => "Viewer",
            _ => parts[2],
        };
    }

    [GeneratedRegex(@"\bSegPipeline\." +
        @"(Masks|Model|Stages|Imaging|Formats|Transforms|Engine|Pipelines|Releases|Comparison|Detection|" +
        @"Statistics|Reports|Inspection|Viewer|Cli)\b(?!\.xml)")]
    private static partial Regex LayerName();

    [GeneratedRegex(@"/Formats/([A-Za-z]+)/")]
    private static partial Regex FormatFolder();

    [GeneratedRegex(@"\bSegPipeline\.Formats\.([A-Z][A-Za-z]+)\b")]
    private static partial Regex FormatName();
}
