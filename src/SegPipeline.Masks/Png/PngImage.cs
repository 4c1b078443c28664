using System.Buffers;
using System.Runtime.InteropServices;
using SegPipeline.Masks.Bitmaps;

namespace SegPipeline.Masks.Png;

/// <summary>
/// A decoded PNG: the samples exactly as the file has them. Indices are not looked up, grey is not scaled,
/// transparency and gamma are not applied. Dispose it to hand its memory to the next picture.
/// </summary>
public sealed class PngImage : IDisposable
{
    private readonly int _sampleBytes;
    private byte[]? _buffer;

    internal PngImage(PngHeader header, Palette? palette, byte[] pooledBuffer, int sampleBytes)
    {
        Header = header;
        Palette = palette;
        _buffer = pooledBuffer;
        _sampleBytes = sampleBytes;
    }

    /// <summary>Size, colour type and bit depth.</summary>
    public PngHeader Header { get; }

    /// <summary>The palette in the file's order; null when the file has none.</summary>
    public Palette? Palette { get; }

    /// <summary>
    /// Samples of 1 to 8 bits, one byte each, row-major; the samples of a pixel stand together.
    /// </summary>
    /// <exception cref="InvalidOperationException">The samples have 16 bits.</exception>
    /// <exception cref="ObjectDisposedException">The image was disposed.</exception>
    public ReadOnlySpan<byte> Samples => Header.BitDepth <= 8
        ? Bytes
        : throw new InvalidOperationException("the samples have 16 bits; take Samples16");

    /// <summary>Samples of 16 bits, row-major; the samples of a pixel stand together.</summary>
    /// <exception cref="InvalidOperationException">The samples have fewer bits.</exception>
    /// <exception cref="ObjectDisposedException">The image was disposed.</exception>
    public ReadOnlySpan<ushort> Samples16 => Header.BitDepth == 16
        ? MemoryMarshal.Cast<byte, ushort>(Bytes)
        : throw new InvalidOperationException($"the samples have {Header.BitDepth} bits; take Samples");

    /// <summary>The samples of a grey or palette image of up to 8 bits as pixels.</summary>
    /// <exception cref="InvalidOperationException">A pixel has more than one sample, or 16 bits.</exception>
    public RowMajorPixels<byte> Pixels => Header.SamplesPerPixel == 1
        ? new RowMajorPixels<byte>(Samples, Header.HeightPx, Header.WidthPx)
        : throw new InvalidOperationException($"a pixel has {Header.SamplesPerPixel} samples");

    /// <summary>The samples of a 16-bit grey image as pixels.</summary>
    /// <exception cref="InvalidOperationException">A pixel has more than one sample, or fewer bits.</exception>
    public RowMajorPixels<ushort> Pixels16 => Header.SamplesPerPixel == 1
        ? new RowMajorPixels<ushort>(Samples16, Header.HeightPx, Header.WidthPx)
        : throw new InvalidOperationException($"a pixel has {Header.SamplesPerPixel} samples");

    private ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_buffer is null, this);
            return _buffer.AsSpan(0, _sampleBytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer is null) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }
}
