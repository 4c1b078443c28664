namespace SegPipeline.Masks.Png;

/// <summary>
/// The colours of the indices of a palette image, in their order. Colours may occur twice: an index, never a colour,
/// says which object a pixel belongs to.
/// </summary>
public sealed class Palette : IEquatable<Palette>
{
    /// <summary>Most entries a palette can have.</summary>
    public const int MaxCount = 256;

    private readonly byte[] _rgb;

    /// <summary>A palette from its bytes.</summary>
    /// <param name="rgb">Red, green and blue of each entry, 1 to 256 entries.</param>
    /// <exception cref="ArgumentException">The number of bytes is not 3 for each of 1 to 256 entries.</exception>
    public Palette(ReadOnlySpan<byte> rgb)
    {
        if (rgb.IsEmpty || rgb.Length % 3 != 0 || rgb.Length > 3 * MaxCount)
            throw new ArgumentException($"{rgb.Length} bytes are not 1 to {MaxCount} colours of 3 bytes", nameof(rgb));
        _rgb = rgb.ToArray();
    }

    /// <summary>
    /// The 256 colours of PASCAL VOC, which DAVIS, YouTube-VOS and MOSE use too: the bits of the index dealt out in
    /// turn to red, green and blue, from their highest bits down (VOCdevkit, <c>VOClabelcolormap</c>).
    /// </summary>
    public static Palette Voc { get; } = MakeVoc();

    /// <summary>256 greys: entry i is (i, i, i).</summary>
    public static Palette Greys { get; } = MakeGreys();

    /// <summary>Number of entries, 1 to 256.</summary>
    public int Count => _rgb.Length / 3;

    /// <summary>Red, green and blue of each entry.</summary>
    public ReadOnlySpan<byte> Rgb => _rgb;

    /// <summary>The colour of an index.</summary>
    public (byte Red, byte Green, byte Blue) this[int index] =>
        (_rgb[3 * index], _rgb[3 * index + 1], _rgb[3 * index + 2]);

    /// <inheritdoc/>
    public bool Equals(Palette? other) => other is not null && _rgb.AsSpan().SequenceEqual(other._rgb);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Palette);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_rgb);
        return hash.ToHashCode();
    }

    private static Palette MakeVoc()
    {
        Span<byte> rgb = stackalloc byte[3 * MaxCount];
        for (int i = 0; i < rgb.Length; i++)
        {
            int index = i / 3, channel = i % 3;
            for (int bit = 0; bit < 8; bit++)
                rgb[i] |= (byte)((index >> (3 * bit + channel) & 1) << (7 - bit));
        }
        return new Palette(rgb);
    }

    private static Palette MakeGreys()
    {
        Span<byte> rgb = stackalloc byte[3 * MaxCount];
        for (int i = 0; i < rgb.Length; i++)
            rgb[i] = (byte)(i / 3);
        return new Palette(rgb);
    }
}
