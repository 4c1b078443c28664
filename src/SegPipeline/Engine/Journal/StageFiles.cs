using SegPipeline.Stages;

namespace SegPipeline.Engine.Journal;

/// <summary>The files that stages other than readers look into: a map of categories, a palette.</summary>
internal static class StageFiles
{
    /// <summary>The files, in graph order, as far as they are there: node, path.</summary>
    public static IEnumerable<(string Node, string Path)> Of(PipelineGraph graph) =>
        from node in graph.Nodes
        where node.Stage is not Reader
        from property in node.Stage.GetType().GetProperties()
        where typeof(InputPath).IsAssignableFrom(property.PropertyType)
            || typeof(IEnumerable<InputPath>).IsAssignableFrom(property.PropertyType)
        let value = property.GetValue(node.Stage)
        from path in value as IEnumerable<InputPath> ?? [.. new[] { value as InputPath }.OfType<InputPath>()]
        where File.Exists(path.FullPath)
        select (node.Name, path.FullPath);
}
