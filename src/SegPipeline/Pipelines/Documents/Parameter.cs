using SegPipeline.Pipelines.Binding;
using SegPipeline.Pipelines.Syntax;

namespace SegPipeline.Pipelines.Documents;

/// <summary>What a parameter may hold.</summary>
public enum ParameterKind
{
    /// <summary>A place on disk, relative to the file that declares it.</summary>
    Path,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Text.</summary>
    String,

    /// <summary>true or false.</summary>
    Bool,

    /// <summary>One word of a list.</summary>
    Choice,
}

/// <summary>A parameter of a pipeline, or an argument of a macro, with its value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it may hold.</param>
/// <param name="Value">Its value.</param>
/// <param name="Folder">The folder that a relative path is relative to.</param>
/// <param name="Declaration">How the file declares it.</param>
internal sealed record Parameter(
    string Name, ParameterKind Kind, YamlScalar Value, string Folder, ParameterDeclaration Declaration)
{
    /// <summary>The text that stands for it in a file: a relative path is made relative to that file.</summary>
    public string TextIn(string file)
    {
        string folder = PathScope.FolderOf(file);
        return Kind != ParameterKind.Path || folder == Folder || Path.IsPathRooted(Value.Text)
            ? Value.Text
            : PathScope.Relative(folder, Path.GetFullPath(Value.Text, Folder));
    }
}

/// <summary>How a file declares a parameter.</summary>
/// <param name="Kind">What it may hold.</param>
/// <param name="Value">The value as written, references to the environment and to places left in; null when there is
/// none.</param>
/// <param name="Default">The default as written; null when there is none.</param>
/// <param name="Doc">What it is for; null when the file does not say.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record ParameterDeclaration(
    ParameterKind Kind, YamlScalar? Value, YamlScalar? Default, string? Doc, SourcePlace Place);
