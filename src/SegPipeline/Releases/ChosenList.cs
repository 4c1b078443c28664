using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SegPipeline.Stages;

namespace SegPipeline.Releases;

/// <summary>The samples that a selector sent to one of its ports: their keys, in plan order.</summary>
/// <param name="Stage">The selector's name.</param>
/// <param name="Port">The port.</param>
/// <param name="Keys">The keys.</param>
internal sealed record ChosenList(string Stage, string Port, ImmutableArray<string> Keys)
{
    /// <summary>Most keys that stand in the manifest itself; a longer list gets a file of its own.</summary>
    public const int MostInline = 10_000;

    /// <summary>
    /// The file of a long list, null for a short one: <c>chosen/STAGE.txt</c>, or <c>chosen/STAGE.PORT.txt</c> where it
    /// is not the only port.
    /// </summary>
    public ReleaseName? File => Keys.Length <= MostInline
        ? null
        : ReleaseName.From(Port == Stages.Stage.DefaultPort ? $"chosen/{Stage}.txt" : $"chosen/{Stage}.{Port}.txt");

    /// <summary>
    /// The list as lines: a key each, ended by a line feed. A back-slash, line feed or carriage return within a key is
    /// written <c>\\</c>, <c>\n</c>, <c>\r</c>.
    /// </summary>
    public byte[] Lines()
    {
        var text = new StringBuilder();
        foreach (string key in Keys)
        {
            bool plain = key.AsSpan().IndexOfAny('\\', '\n', '\r') < 0;
            text.Append(plain ? key : key.Replace("\\", @"\\").Replace("\n", @"\n").Replace("\r", @"\r")).Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>SHA-256 of <see cref="Lines"/>, hexadecimal.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Lines()));
}
