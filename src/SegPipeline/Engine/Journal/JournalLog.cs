using System.Buffers.Binary;

namespace SegPipeline.Engine.Journal;

/// <summary>
/// Records one after another in a file: the lengths of their two parts, check sum, bytes. A record counts when it is
/// whole and its check sum is right; nothing behind the first that does not is ever read, so that a torn or damaged end
/// costs what it holds and nothing else.
/// </summary>
/// <remarks>The check sum is the fingerprint of the record's number and bytes. Nothing is flushed to disk: what a
/// killed process has handed to the system is not lost.</remarks>
internal sealed class JournalLog(Stream file) : IDisposable
{
    private const int PartsBytes = 2 * sizeof(int), HeadBytes = PartsBytes + sizeof(ulong);

    private long _records;

    /// <summary>Reads the next record.</summary>
    /// <returns>The record; null when there is none, or none that is whole.</returns>
    public byte[]? Read()
    {
        long begin = file.Position;
        Span<byte> head = stackalloc byte[HeadBytes];
        if (file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false) == HeadBytes)
        {
            int first = BinaryPrimitives.ReadInt32LittleEndian(head);
            int second = BinaryPrimitives.ReadInt32LittleEndian(head[sizeof(int)..]);
            long most = Math.Min(Array.MaxLength, file.Length - file.Position);
            if (first >= 0 && second >= 0 && (long)first + second <= most)
            {
                byte[] bytes = GC.AllocateUninitializedArray<byte>(first + second);
                file.ReadExactly(bytes);
                ulong check = CheckSum(_records, bytes.AsSpan(0, first), bytes.AsSpan(first));
                if (check == BinaryPrimitives.ReadUInt64LittleEndian(head[PartsBytes..]))
                {
                    _records++;
                    return bytes;
                }
            }
        }
        file.Position = begin;
        return null;
    }

    /// <summary>The place behind the latest record that was read or appended.</summary>
    public JournalPlace Place => new(file.Position, _records);

    /// <summary>Goes on at a place; the beginning by default.</summary>
    public void Return(JournalPlace place = default) => (file.Position, _records) = (place.Offset, place.Records);

    /// <summary>Removes everything behind the records that were read or appended.</summary>
    public void CutHere()
    {
        // Once a file was cut to nothing, ext4 sends all that is written to it to the disk when it is closed.
        if (file.Length > file.Position) file.SetLength(file.Position);
    }

    /// <summary>Appends a record, given in two parts.</summary>
    /// <returns>By how many bytes the file grew.</returns>
    public int Append(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        BinaryPrimitives.WriteInt32LittleEndian(head, first.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[sizeof(int)..], second.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(head[PartsBytes..], CheckSum(_records++, first, second));
        file.Write(head);
        file.Write(first);
        file.Write(second);
        file.Flush();
        return HeadBytes + first.Length + second.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static ulong CheckSum(long number, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        Fingerprint.Of(second, Fingerprint.Of(first, (ulong)number));
}

/// <summary>A place between two records of a journal.</summary>
/// <param name="Offset">Bytes before it.</param>
/// <param name="Records">Records before it.</param>
internal readonly record struct JournalPlace(long Offset, long Records);
