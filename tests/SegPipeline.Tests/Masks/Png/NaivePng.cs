using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SegPipeline.Stages;

namespace SegPipeline.Tests.Masks.Png;

/// <summary>
/// A second PNG writer, slow and plain, that shares no code with the product: it makes the files the product's own
/// writer never makes (every filter, interlacing, several IDAT chunks, faults).
/// </summary>
internal static class NaivePng
{
    private static readonly (int X, int Y, int Dx, int Dy)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Samples of a pixel by colour type.</summary>
    public static int Channels(int colorType) => colorType switch { 4 => 2, 2 => 3, 6 => 4, _ => 1 };

    /// <summary>A whole file.</summary>
    /// <param name="picture">What it shows.</param>
    /// <param name="filterOfRow">Filter by row number within a pass.</param>
    public static byte[] Write(NaivePicture picture, Func<int, byte> filterOfRow)
    {
        var chunks = new List<(string, byte[])> { ("IHDR", Header(picture)) };
        if (picture.Palette.Length > 0) chunks.Add(("PLTE", picture.Palette));
        chunks.Add(("IDAT", Compress(Rows(picture, filterOfRow))));
        chunks.Add(("IEND", []));
        return File([.. chunks]);
    }

    /// <summary>A file of any chunks.</summary>
    public static byte[] File(params (string Type, byte[] Body)[] chunks)
    {
        var file = new List<byte> { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A };
        foreach ((string type, byte[] body) in chunks) file.AddRange(Chunk(type, body));
        return [.. file];
    }

    public static byte[] Chunk(string type, byte[] body)
    {
        byte[] typeAndBody = [.. Encoding.Latin1.GetBytes(type), .. body];
        return [.. BigEndian((uint)body.Length), .. typeAndBody, .. BigEndian(Checksum(typeAndBody))];
    }

    /// <summary>Gives every chunk the checksum of its bytes, as far as chunks can be made out.</summary>
    public static byte[] RepairChecksums(byte[] file)
    {
        byte[] repaired = [.. file];
        for (long at = 8; at + 12 <= repaired.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(repaired.AsSpan((int)at));
            if (at + 12 + length > repaired.Length) break;
            uint checksum = Checksum(repaired[((int)at + 4)..(int)(at + 8 + length)]);
            BinaryPrimitives.WriteUInt32BigEndian(repaired.AsSpan((int)(at + 8 + length)), checksum);
            at += 12 + length;
        }
        return repaired;
    }

    public static byte[] Header(NaivePicture picture) =>
    [
        .. BigEndian((uint)picture.Width), .. BigEndian((uint)picture.Height),
        (byte)picture.BitDepth, (byte)picture.ColorType, 0, 0, (byte)(picture.Interlaced ? 1 : 0),
    ];

    public static byte[] Compress(byte[] rows)
    {
        var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.Optimal)) zlib.Write(rows);
        return target.ToArray();
    }

    /// <summary>The filtered rows of all passes.</summary>
    public static byte[] Rows(NaivePicture picture, Func<int, byte> filterOfRow)
    {
        var all = new List<byte>();
        foreach ((int x0, int y0, int dx, int dy) in picture.Interlaced ? Adam7 : [(0, 0, 1, 1)])
        {
            byte[]? above = null;
            int rowNumber = 0;
            for (int y = y0; y < picture.Height && x0 < picture.Width; y += dy)
            {
                byte[] row = PackedRow(picture, y, x0, dx);
                byte filter = filterOfRow(rowNumber++);
                all.Add(filter);
                all.AddRange(Filter(row, above ?? new byte[row.Length], filter, BytesBack(picture)));
                above = row;
            }
        }
        return [.. all];
    }

    private static int BytesBack(NaivePicture picture) =>
        Math.Max(1, Channels(picture.ColorType) * picture.BitDepth / 8);

    private static byte[] PackedRow(NaivePicture picture, int y, int x0, int dx)
    {
        var bits = new List<bool>();
        int channels = Channels(picture.ColorType);
        for (int x = x0; x < picture.Width; x += dx)
            for (int c = 0; c < channels; c++)
                for (int bit = picture.BitDepth - 1; bit >= 0; bit--)
                    bits.Add((picture.Samples[(y * picture.Width + x) * channels + c] >> bit & 1) != 0);
        byte[] row = new byte[(bits.Count + 7) / 8];
        for (int i = 0; i < bits.Count; i++)
            if (bits[i]) row[i / 8] |= (byte)(0x80 >> i % 8);
        return row;
    }

    private static IEnumerable<byte> Filter(byte[] row, byte[] above, byte filter, int back) =>
        row.Select((value, i) =>
        {
            int left = i < back ? 0 : row[i - back], up = above[i], corner = i < back ? 0 : above[i - back];
            return (byte)(value - filter switch
            {
                0 => 0,
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Nearest(left + up - corner, left, up, corner),
                _ => 0,
            });
        });

    private static int Nearest(int estimate, params int[] candidates) =>
        candidates.MinBy(c => Math.Abs(estimate - c));

    private static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static uint Checksum(byte[] bytes)
    {
        uint crc = ~0u;
        foreach (byte value in bytes)
            for (int bit = 0; bit < 8; bit++)
                crc = ((crc ^ (uint)value >> bit) & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        return ~crc;
    }
}

/// <summary>What a PNG of <see cref="NaivePng"/> shows: samples of any depth, row-major, interleaved.</summary>
internal sealed record NaivePicture(
    int Width, int Height, int ColorType, int BitDepth, bool Interlaced, ushort[] Samples, byte[] Palette)
{
    /// <summary>A picture of drawn samples; a palette image gets a full palette.</summary>
    public static NaivePicture Draw(
        int width, int height, int colorType, int bitDepth, bool interlaced, ref KeyedRandom random)
    {
        ushort[] samples = new ushort[width * height * NaivePng.Channels(colorType)];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = i > 0 && random.NextInt(0, 4) > 0 ? samples[i - 1] : (ushort)random.NextInt(0, 1 << bitDepth);
        byte[] palette = colorType == 3 ? new byte[3 << bitDepth] : [];
        for (int i = 0; i < palette.Length; i++) palette[i] = (byte)random.NextInt(0, 256);
        return new NaivePicture(width, height, colorType, bitDepth, interlaced, samples, palette);
    }
}
