using System.Text.Json.Nodes;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Binding;

/// <summary>An input file or folder, relative to the file it is written in. Whether it exists is asked later.</summary>
internal sealed class PathShape : ValueShape
{
    /// <inheritdoc/>
    public override string Title => "a path";

    /// <inheritdoc/>
    public override string Plural => "paths";

    /// <inheritdoc/>
    public override BoundValue? Bind(YamlNode node, BindScope scope)
    {
        if (Read(node, scope) is not { } path) return null;
        if (PathPattern.IsPattern(path.Text))
        {
            scope.Problems.Add(node.Place, $"{scope.What} must be one path, found the pattern '{path.Text}'");
            return null;
        }
        scope.Paths.Note(new NamedPath(node.Place, path, IsPattern: false));
        return new BoundValue(MovingLink.Follow(path), Resolved(path, node));
    }

    /// <summary>
    /// Reads an entry of a list of paths, which may be a pattern: all that it stands for, in ordinal order; the pattern
    /// itself when nothing fits it, so that a pipeline can be checked where its data is not.
    /// </summary>
    /// <returns>The paths, and the path as written; null when it is none.</returns>
    public (IReadOnlyList<InputPath> Paths, YamlNode Resolved)? BindAll(YamlNode node, BindScope scope)
    {
        if (Read(node, scope) is not { } path) return null;
        bool pattern = PathPattern.IsPattern(path.Text);
        scope.Paths.Note(new NamedPath(node.Place, path, pattern));
        IReadOnlyList<string> found = pattern ? PathPattern.Expand(path.FullPath) : [];
        IReadOnlyList<InputPath> paths = found.Count == 0
            ? [path]
            : [.. found.Select(f => new InputPath(
                Path.IsPathRooted(path.Text) ? f : PathScope.Relative(scope.Paths.RootFolder, f), f))];
        return ([.. paths.Select(MovingLink.Follow)], Resolved(path, node));
    }

    /// <inheritdoc/>
    public override YamlNode Write(object? value) => YamlScalar.OfText(default, ((InputPath)value!).Text);

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = new JsonArray("string", "number") };

    private static YamlScalar Resolved(InputPath path, YamlNode node) =>
        YamlScalar.OfText(default, path.Text) with { Template = ((YamlScalar)node).Template };

    private InputPath? Read(YamlNode node, BindScope scope)
    {
        if (node is not YamlScalar { Form: not (ScalarForm.Null or ScalarForm.Bool) } scalar)
        {
            Mismatch(node, scope);
            return null;
        }
        if (PathScope.IsPath(scalar.Text))
            return scope.Paths.Resolve(scalar.Text, node.Place);
        scope.Problems.Add(node.Place, $"{scope.What} must be a path, found {Found.Describe(node)}");
        return null;
    }
}
