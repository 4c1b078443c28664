using SegPipeline.Model;

namespace SegPipeline.Engine.Planning;

/// <summary>Where the sample with a key comes from.</summary>
/// <param name="Number">Number of the key in its index, from 0.</param>
/// <param name="Source">Source of the plan entry that gives the sample.</param>
/// <param name="Entry">The plan entry.</param>
internal readonly record struct KeyPlace(int Number, int Source, int Entry);

/// <summary>The keys of everything that comes in by one input of a join.</summary>
internal sealed class KeyIndex
{
    private readonly Dictionary<string, KeyPlace> _places = new(StringComparer.Ordinal);

    /// <summary>Number of keys.</summary>
    public int Count => _places.Count;

    /// <summary>Indexes the samples of an input.</summary>
    /// <param name="samples">Source, entry and key of each, in commit order.</param>
    /// <param name="join">Name of the join, for the message.</param>
    /// <param name="input">Name of the stage that gives the samples, for the message.</param>
    /// <exception cref="BadDataException">Two samples have one key.</exception>
    public static KeyIndex Of(IEnumerable<(int Source, int Entry, string Key)> samples, string join, string input)
    {
        var index = new KeyIndex();
        foreach ((int source, int entry, string key) in samples)
            if (!index._places.TryAdd(key, new KeyPlace(index.Count, source, entry)))
                throw new BadDataException(new Problem("KEY_TWICE",
                    $"'{join}' joins samples by their keys, but '{input}' gives it two with the key '{key}'")
                {
                    Remedy = "select or rename one of them before they are joined",
                });
        return index;
    }

    /// <summary>Finds a key.</summary>
    public bool TryFind(string key, out KeyPlace place) => _places.TryGetValue(key, out place);

    /// <summary>Finds the number of a key that is known to come from an entry; null when it does not.</summary>
    public int? NumberOf(string key, int source, int entry) =>
        TryFind(key, out KeyPlace place) && place.Source == source && place.Entry == entry ? place.Number : null;
}
