using System.Buffers.Binary;
using SegPipeline.Model;

namespace SegPipeline.Imaging;

/// <summary>Reads the beginning of a file, number by number, and knows where it is.</summary>
internal sealed class HeaderReader(Stream file, string name)
{
    /// <summary>Offset of the next byte.</summary>
    public long Offset { get; private set; }

    /// <summary>The next byte.</summary>
    /// <exception cref="BadDataException">The file has ended.</exception>
    public byte Byte() => Bytes(1)[0];

    /// <summary>The next two bytes as a number, the larger part first.</summary>
    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2));

    /// <summary>The next four bytes as a number, the larger part first.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Bytes(4));

    /// <summary>The next bytes.</summary>
    /// <exception cref="BadDataException">The file has ended.</exception>
    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        int got = file.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        Offset += got;
        return got == count ? bytes : throw Fault("the file ends within its header");
    }

    /// <summary>Goes past bytes that nobody needs.</summary>
    public void Skip(long count)
    {
        Offset += count;
        if (file.CanSeek)
        {
            file.Seek(count, SeekOrigin.Current);
            return;
        }
        byte[] rest = new byte[Math.Min(count, 1 << 14)];
        for (long left = count; left > 0;)
        {
            int got = file.Read(rest, 0, (int)Math.Min(left, rest.Length));
            if (got == 0) throw Fault("the file ends within its header");
            left -= got;
        }
    }

    /// <summary>A fault at this place.</summary>
    public BadDataException Fault(string message) => PhotoFault.Format(name, message, Offset);
}
