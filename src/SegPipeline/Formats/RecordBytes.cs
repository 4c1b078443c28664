using System.Buffers;
using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>The text of one record, for as long as somebody looks into it.</summary>
internal readonly ref struct RecordBytes : IDisposable
{
    private readonly RecordWindow? _window;
    private readonly byte[] _rented = [];
    private readonly long _offset;
    private readonly int _lengthBytes;

    /// <summary>Reads a record.</summary>
    /// <exception cref="BadDataException">The file was cut short since it was opened.</exception>
    public RecordBytes(SourceFile file, long offset, int lengthBytes)
    {
        (_offset, _lengthBytes) = (offset, lengthBytes);
        _window = RecordWindow.Hold(file, offset, lengthBytes);
        if (_window is not null) return;
        _rented = ArrayPool<byte>.Shared.Rent(lengthBytes);
        file.ReadExactly(offset, _rented.AsSpan(0, lengthBytes));
    }

    /// <summary>The record.</summary>
    public ReadOnlySpan<byte> Text =>
        _window is null ? _rented.AsSpan(0, _lengthBytes) : _window.Text(_offset, _lengthBytes);

    /// <summary>Its members; the list is good as long as the record is looked into.</summary>
    /// <exception cref="RecordFaultException">The record is not JSON.</exception>
    public RecordMemberList Members
    {
        get
        {
            if (_window is not null) return _window.MembersOf(_offset, _lengthBytes);
            var members = new RecordMemberList();
            members.List(Text);
            return members;
        }
    }

    /// <summary>The value of the last member of a name; false when there is none.</summary>
    /// <exception cref="RecordFaultException">The record is not JSON.</exception>
    public bool TryFind(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) =>
        Members.TryFind(Text, name, out value);

    /// <summary>The text is no longer looked into.</summary>
    public void Dispose()
    {
        if (_window is not null) _window.Release();
        else ArrayPool<byte>.Shared.Return(_rented);
    }
}
