using System.Globalization;
using System.Text.Encodings.Web;

namespace SegPipeline.Model;

/// <summary>
/// The id of an image, video, annotation or category as a dataset wrote it: an integer of any size, a number with a
/// fraction, or a string. The exact JSON text is kept, so that <c>1.0</c>, <c>"ADE_val_1"</c> and ids above 2^53
/// are written back as they came.
/// </summary>
/// <remarks>Two ids are equal when both are whole numbers of equal value (1 and 1.0), else when their texts
/// are.</remarks>
public readonly struct RecordId : IEquatable<RecordId>, IComparable<RecordId>
{
    private readonly long _number;
    private readonly string? _text;
    private readonly bool _isText;

    private RecordId(long number, string? text, bool isText)
    {
        _number = number;
        _text = text;
        _isText = isText;
    }

    /// <summary>An integer id.</summary>
    /// <param name="number">Any value, negative ones included.</param>
    public RecordId(long number) : this(number, null, isText: false) { }

    /// <summary>True when the id is a whole number that fits 64 bits; <see cref="Number"/> then holds it.</summary>
    public bool IsInteger => !_isText;

    /// <summary>The whole number; 0 where <see cref="IsInteger"/> is false.</summary>
    public long Number => _number;

    /// <summary>True when it is a whole number written as such, of which <see cref="Number"/> says all.</summary>
    public bool IsPlain => _text is null;

    /// <summary>The id as JSON text, exactly as it was written (strings with their quotes).</summary>
    public string JsonText => _text ?? _number.ToString(CultureInfo.InvariantCulture);

    /// <summary>An id from its JSON text: a number, or a string with its quotes.</summary>
    /// <param name="json">The token as written in the file, without surrounding blanks.</param>
    public static RecordId FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (long.TryParse(json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            bool canonical = whole.ToString(CultureInfo.InvariantCulture) == json;
            return new RecordId(whole, canonical ? null : json, isText: false);
        }
        if (json.Length > 0 && json[0] != '"' &&
            decimal.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) &&
            value == decimal.Truncate(value) && value >= long.MinValue && value <= long.MaxValue)
            return new RecordId((long)value, json, isText: false);
        return new RecordId(0, json, isText: true);
    }

    /// <summary>A string id; its JSON text is the quoted string.</summary>
    public static RecordId FromString(string text) =>
        new(0, "\"" + JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text) + "\"", isText: true);

    /// <inheritdoc/>
    public bool Equals(RecordId other) => _isText == other._isText &&
        (_isText ? string.Equals(_text, other._text, StringComparison.Ordinal) : _number == other._number);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RecordId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        _isText ? string.GetHashCode(_text, StringComparison.Ordinal) : _number.GetHashCode();

    /// <summary>Whole numbers by value first, then every other id by the order of its text (ordinal).</summary>
    public int CompareTo(RecordId other)
    {
        if (_isText != other._isText) return _isText ? 1 : -1;
        return _isText ? string.CompareOrdinal(_text, other._text) : _number.CompareTo(other._number);
    }

    /// <summary>The id as JSON text, for messages.</summary>
    public override string ToString() => JsonText;

    /// <summary>Equality by <see cref="Equals(RecordId)"/>.</summary>
    public static bool operator ==(RecordId left, RecordId right) => left.Equals(right);

    /// <summary>Inequality by <see cref="Equals(RecordId)"/>.</summary>
    public static bool operator !=(RecordId left, RecordId right) => !left.Equals(right);

    /// <summary>Order by <see cref="CompareTo"/>.</summary>
    public static bool operator <(RecordId left, RecordId right) => left.CompareTo(right) < 0;

    /// <summary>Order by <see cref="CompareTo"/>.</summary>
    public static bool operator >(RecordId left, RecordId right) => left.CompareTo(right) > 0;

    /// <summary>Order by <see cref="CompareTo"/>.</summary>
    public static bool operator <=(RecordId left, RecordId right) => left.CompareTo(right) <= 0;

    /// <summary>Order by <see cref="CompareTo"/>.</summary>
    public static bool operator >=(RecordId left, RecordId right) => left.CompareTo(right) >= 0;
}
