using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SegPipeline.Engine.Journal;

/// <summary>
/// Records one after another in a file: length, check sum, bytes. A record counts when it is whole and its check sum is
/// right; nothing behind the first that does not is ever read, so that a torn or damaged end costs what it holds and
/// nothing else.
/// </summary>
/// <remarks>The check sum is the beginning of the SHA-256 of the record's number and bytes. Nothing is flushed to disk:
/// what a killed process has handed to the system is not lost.</remarks>
internal sealed class JournalLog(Stream file) : IDisposable
{
    private const int CheckBytes = 8;
    private const int HeadBytes = sizeof(int) + CheckBytes;

    private long _records;

    /// <summary>Reads the next record.</summary>
    /// <returns>The record; null when there is none, or none that is whole.</returns>
    public byte[]? Read()
    {
        long begin = file.Position;
        Span<byte> head = stackalloc byte[HeadBytes];
        if (file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false) == HeadBytes)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (length >= 0 && length <= file.Length - file.Position)
            {
                byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
                file.ReadExactly(bytes);
                if (CheckSum(_records, bytes, default).AsSpan().SequenceEqual(head[sizeof(int)..]))
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
    public void CutHere() => file.SetLength(file.Position);

    /// <summary>Appends a record, given in two parts.</summary>
    /// <returns>By how many bytes the file grew.</returns>
    public int Append(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        BinaryPrimitives.WriteInt32LittleEndian(head, checked(first.Length + second.Length));
        CheckSum(_records++, first, second).CopyTo(head[sizeof(int)..]);
        file.Write(head);
        file.Write(first);
        file.Write(second);
        file.Flush();
        return HeadBytes + first.Length + second.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static byte[] CheckSum(long number, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, number);
        hash.AppendData(prefix);
        hash.AppendData(first);
        hash.AppendData(second);
        return hash.GetHashAndReset()[..CheckBytes];
    }
}

/// <summary>A place between two records of a journal.</summary>
/// <param name="Offset">Bytes before it.</param>
/// <param name="Records">Records before it.</param>
internal readonly record struct JournalPlace(long Offset, long Records);
