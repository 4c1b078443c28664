using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Writes records with changed members into the text of a chunk.</summary>
internal sealed class RecordText(TextBuffer text) : IDisposable
{
    private readonly RecordEdit _edit = new();

    /// <summary>Begins a record; what is to be changed is told to the result.</summary>
    public RecordEdit Begin()
    {
        _edit.Clear();
        return _edit;
    }

    /// <summary>Writes the record.</summary>
    /// <param name="source">The record to change; null for a new one.</param>
    /// <exception cref="BadDataException">The source is not what it was when it was opened.</exception>
    public EncodedText End(JsonSlice? source)
    {
        int from = text.Count;
        if (source is { } slice) Change(slice);
        else _edit.Write("{}"u8, text);
        int length = text.Count - from;
        return new EncodedText(
            null, from, length, _edit.OpenAt(EncodedText.IdSlot), _edit.OpenAt(EncodedText.SampleIdSlot));
    }

    /// <inheritdoc/>
    public void Dispose() => _edit.Dispose();

    private void Change(JsonSlice slice)
    {
        using var record = new RecordBytes(slice.File, slice.Offset, slice.LengthBytes);
        try
        {
            _edit.Write(record.Text, text);
        }
        catch (RecordFaultException e)
        {
            throw new BadDataException(new Problem(e.Code, e.Message)
            {
                File = slice.File.Path,
                ByteOffset = slice.Offset,
                Remedy = e.Remedy,
            }, e);
        }
    }
}
