using System.Text;
using SegPipeline.Model;

namespace SegPipeline.Formats.Triplets;

/// <summary>
/// Finds the class that a name of BIG has in it. Only whole words count, in any case, so that "scarf" is no car; of
/// several classes the one with the longest name is meant.
/// </summary>
internal sealed class ClassWords
{
    private readonly (string Words, RecordId Id)[] _classes;

    /// <summary>Gets the classes ready.</summary>
    public ClassWords(Taxonomy taxonomy) => _classes =
    [
        .. taxonomy.Categories.Where(c => c.Name is not null).Select(c => (WordsOf(c.Name!), c.Id))
            .Where(c => c.Item1.Length > 1).OrderByDescending(c => c.Item1.Length),
    ];

    /// <summary>The class; null when the name has none in it.</summary>
    public RecordId? Find(string name)
    {
        string words = WordsOf(name);
        foreach ((string own, RecordId id) in _classes)
            if (words.Contains(own, StringComparison.Ordinal)) return id;
        return null;
    }

    /// <summary>The words, a blank before, behind and between them; a word is letters only.</summary>
    private static string WordsOf(string text)
    {
        var words = new StringBuilder(" ", text.Length + 2);
        foreach (char c in text)
            if (char.IsLetter(c)) words.Append(char.ToLowerInvariant(c));
            else if (words[^1] != ' ') words.Append(' ');
        if (words[^1] != ' ') words.Append(' ');
        return words.ToString();
    }
}
