using System.Buffers;

namespace SegPipeline.Formats;

/// <summary>Writes a JSON object member by member, on one line.</summary>
internal sealed class JsonObjectText(IBufferWriter<byte> output)
{
    private bool _hasMembers;

    /// <summary>A member that is text.</summary>
    public void Text(string name, string text) => Value(name, text, JsonText.WriteString);

    /// <summary>A member that is a number.</summary>
    public void Number(string name, double number) => Value(name, number, JsonText.WriteNumber);

    /// <summary>A member whose value is JSON already.</summary>
    public void Raw(string name, string json) => Value(name, json, JsonText.WriteRaw);

    /// <summary>A member that is a list.</summary>
    public void List<T>(string name, IReadOnlyList<T> items, Action<IBufferWriter<byte>, T> write) =>
        Value(name, items, (target, list) =>
        {
            target.Write("["u8);
            for (int i = 0; i < list.Count; i++)
            {
                if (i > 0) target.Write(", "u8);
                write(target, list[i]);
            }
            target.Write("]"u8);
        });

    /// <summary>A member of any kind.</summary>
    public void Value<T>(string name, T value, Action<IBufferWriter<byte>, T> write)
    {
        output.Write(_hasMembers ? ", "u8 : "{"u8);
        _hasMembers = true;
        JsonText.WriteString(output, name);
        output.Write(": "u8);
        write(output, value);
    }

    /// <summary>Closes the object.</summary>
    public void End() => output.Write(_hasMembers ? "}"u8 : "{}"u8);
}
