using System.Text;

namespace SegPipeline.Pipelines.Binding;

/// <summary>Turns names of C# into names of YAML.</summary>
internal static class SnakeCase
{
    /// <summary><c>MinArea</c> to <c>min_area</c>, <c>RLEColumn</c> to <c>rle_column</c>, <c>Top1</c> to
    /// <c>top1</c>.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            bool begins = i > 0 && char.IsUpper(name[i]) &&
                (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (begins) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }

    /// <summary><c>MinArea</c> to <c>min area</c>.</summary>
    public static string Words(string name) => Of(name).Replace('_', ' ');
}
