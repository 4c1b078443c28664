namespace SegPipeline.Transforms.Conditions;

/// <summary>
/// A condition on samples or instances, written in a small language: fields and members of the record by name;
/// numbers, <c>'texts'</c>, <c>true</c>, <c>false</c>; <c>== != &lt; &lt;= &gt; &gt;=</c>, <c>in [a, b]</c>,
/// <c>not in [a, b]</c>; <c>and or not</c>; <c>+ - * / %</c>; <c>starts_with ends_with contains matches</c> on texts;
/// <c>count(...) any(...) all(...)</c> over the instances of a sample.
/// </summary>
/// <remarks>
/// <para>What is missing is null. A comparison with null is false, arithmetic with null gives null, and so does a
/// division by zero; <c>x == null</c> and <c>x != null</c> ask whether there is a value.</para>
/// <para>Truth values compare as the numbers 0 and 1; as a condition, 0 and null are false, other numbers true. Texts
/// compare by code units, upper and lower case differ. A quote within quotes is written twice.</para>
/// </remarks>
public sealed class Condition
{
    private Condition(string text, Node root)
    {
        Text = text;
        Root = root;
    }

    /// <summary>The condition as written.</summary>
    public string Text { get; }

    internal Node Root { get; }

    /// <summary>Reads a condition.</summary>
    /// <exception cref="FormatException">It is malformed; the message begins with the column, from 1.</exception>
    public static Condition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Condition(text, ConditionParser.Parse(text));
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
