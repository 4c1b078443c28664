using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Catalogs;
using SegPipeline.Pipelines.Resolving;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines;

/// <summary>Writes a stage as it stands in a pipeline file.</summary>
internal static class StageText
{
    /// <summary>The stage and its keys on one line, <c>read.coco: { annotations: a.json }</c>; keys that have their
    /// default are left out.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="folder">Full path of the folder that paths are written relative to.</param>
    /// <param name="further">Keys that take the place of the stage's own, with their values as in YAML.</param>
    public static string Of(Stage stage, string folder, IReadOnlyDictionary<string, string> further)
    {
        string name = StageAttribute.NameOf(stage);
        var keys = new List<string>();
        foreach (KeyShape key in new RecordShape(stage.GetType()).Keys)
            if (further.TryGetValue(key.Name, out string? given)) keys.Add($"{key.Name}: {Given(key, given, folder)}");
            else if (ValueOf(key, stage, folder) is { } value) keys.Add($"{key.Name}: {value}");
        // An unknown key is told by whoever binds the text.
        keys.AddRange(further.Where(f => StageCatalog.Default.Find(name)?.Keys.All(k => k.Name != f.Key) == true)
            .Select(f => $"{f.Key}: {f.Value}"));
        return keys.Count == 0 ? name + ": {}" : $"{name}: {{ {string.Join(", ", keys)} }}";
    }

    /// <summary>A path as text of YAML, relative to a folder.</summary>
    public static string Path(string fullPath, string folder) =>
        YamlEmitter.Scalar(YamlScalar.OfText(default, PathScope.Relative(folder, fullPath)));

    private static string Given(KeyShape key, string value, string folder) =>
        key.Property.PropertyType == typeof(InputPath) ? Path(value, folder) : value;

    private static string? ValueOf(KeyShape key, Stage stage, string folder)
    {
        object? value = key.Property.GetValue(stage);
        if (value is InputPath path) return Path(path.FullPath, folder);
        if (value is null) return null;
        string? text = JsonText.Of(key.Shape.Write(value))?.ToJsonString();
        if (text == key.DefaultJson()?.ToJsonString()) return null;
        return key.Shape.Write(value) is YamlScalar scalar ? YamlEmitter.Scalar(scalar) : text;
    }
}
