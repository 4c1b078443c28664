using System.Collections.Immutable;
using SegPipeline.Model;

namespace SegPipeline.Formats.Triplets;

/// <summary>The files of an object.</summary>
/// <param name="Name">What its name says.</param>
/// <param name="Picture">The picture; null when there is none.</param>
/// <param name="Gt">The true mask; null when there is none.</param>
/// <param name="Seg">The other mask; null when there is none.</param>
internal sealed record TripletEntry(TripletName Name, ListedFile? Picture, ListedFile? Gt, ListedFile? Seg)
{
    /// <summary>Its category; null when nothing tells it.</summary>
    public RecordId? Category { get; init; }

    /// <summary>The mask of a port; null when there is none.</summary>
    /// <param name="port">0 for the truth, 1 for the other.</param>
    public ListedFile? MaskOf(int port) => port == 0 ? Gt : Seg;

    /// <summary>All its files, the picture first.</summary>
    public IEnumerable<ListedFile> Files => new[] { Picture, Gt, Seg }.Where(f => f is not null).Select(f => f!.Value);
}

/// <summary>The objects of a sample.</summary>
/// <param name="Key">Its key.</param>
/// <param name="FrameName">What its frame is called.</param>
/// <param name="Objects">At least one.</param>
internal sealed record TripletSample(string Key, string FrameName, ImmutableArray<TripletEntry> Objects)
{
    /// <summary>Why it cannot be read; null when nothing is known against it.</summary>
    public Problem? Problem { get; init; }

    /// <summary>The picture; null when there is none.</summary>
    public ListedFile? Picture => Objects.Select(o => o.Picture).FirstOrDefault(p => p is not null);

    /// <summary>True when an object has a mask for a port.</summary>
    public bool Has(int port) => Objects.Any(o => o.MaskOf(port) is not null);
}
