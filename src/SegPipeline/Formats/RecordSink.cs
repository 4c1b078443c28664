using SegPipeline.Model;

namespace SegPipeline.Formats;

/// <summary>Where a record or one of its members stands in the scanned file.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="LengthBytes">Number of bytes without surrounding blanks.</param>
internal readonly record struct JsonRange(long Offset, int LengthBytes);

/// <summary>
/// Takes what <see cref="JsonRecordScanner"/> finds, in the order of the file. A dataset file is an object whose
/// lists of objects are the records, or one list of records.
/// </summary>
internal abstract class RecordSink
{
    /// <summary>
    /// A member of the top object begins, or, with the name null, the list that is the whole file. True when its
    /// value, if it is a list, is a list of records.
    /// </summary>
    public abstract bool BeginMember(string? name);

    /// <summary>The member that began last has ended.</summary>
    /// <param name="name">Its name; null for the list that is the whole file.</param>
    /// <param name="value">Where its value stands.</param>
    /// <param name="isRecordList">True when its records were given to this sink.</param>
    public abstract void EndMember(string? name, JsonRange value, bool isRecordList);

    /// <summary>A record begins.</summary>
    public abstract void BeginRecord();

    /// <summary>A member of the record begins: a number for it when its value is wanted, else -1.</summary>
    /// <param name="name">The name between its quotes, escapes not resolved.</param>
    public abstract int FindMember(ReadOnlySpan<byte> name);

    /// <summary>The value of a wanted member, a string (with its quotes), number or literal.</summary>
    public abstract void Scalar(int member, ReadOnlySpan<byte> json, long offset);

    /// <summary>The value of a wanted member is an object or a list; it is not looked into.</summary>
    /// <param name="member">Number of the member.</param>
    /// <param name="bracket">The bracket that it begins with.</param>
    /// <param name="offset">Where that stands.</param>
    public abstract void Composite(int member, byte bracket, long offset);

    /// <summary>The object or list that is the value of a wanted member has a list or object in it.</summary>
    public virtual void Nested(int member)
    {
    }

    /// <summary>NaN or Infinity stands somewhere in the record, or outside the records.</summary>
    public abstract void NotANumber(long offset);

    /// <summary>The record has ended.</summary>
    public abstract void EndRecord(JsonRange record);
}
