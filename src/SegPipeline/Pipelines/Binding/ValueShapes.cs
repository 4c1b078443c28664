using System.Collections.Immutable;
using System.Reflection;
using SegPipeline.Model;
using SegPipeline.Pipelines.Syntax;
using SegPipeline.Stages;

namespace SegPipeline.Pipelines.Binding;

/// <summary>Finds the shape of a property's type.</summary>
internal static class ValueShapes
{
    /// <summary>The shape of a type with its nullability.</summary>
    /// <param name="info">The type of a property, item or value.</param>
    /// <param name="range">Bounds of the numbers in it.</param>
    /// <exception cref="NotSupportedException">No key can have this type; a fault of the program.</exception>
    public static ValueShape Of(NullabilityInfo info, NumberRange range)
    {
        if (Nullable.GetUnderlyingType(info.Type) is { } underlying)
            return new OptionalShape(Simple(underlying, range) ?? throw Unsupported(info.Type));
        ValueShape shape = Simple(info.Type, range) ?? Generic(info, range) ?? new RecordShape(RecordType(info.Type));
        bool nullable = !info.Type.IsValueType && info.WriteState == NullabilityState.Nullable;
        return nullable ? new OptionalShape(shape) : shape;
    }

    private static ValueShape? Simple(Type type, NumberRange range)
    {
        if (type == typeof(string)) return new TextShape();
        if (type == typeof(bool)) return new BoolShape();
        if (type == typeof(double)) return new NumberShape(range);
        if (type == typeof(int) || type == typeof(long) || type == typeof(byte)) return new WholeShape(type, range);
        if (type == typeof(InputPath)) return new PathShape();
        if (type == typeof(RecordId)) return new IdShape();
        if (type == typeof(YamlNode)) return new AnyShape();
        return type.IsEnum ? new WordShape(type) : ParsedShape.Of(type);
    }

    private static ValueShape? Generic(NullabilityInfo info, NumberRange range)
    {
        if (!info.Type.IsGenericType) return null;
        Type kind = info.Type.GetGenericTypeDefinition();
        if (kind == typeof(IReadOnlyList<>) || kind == typeof(ImmutableArray<>))
            return new ListShape(info.Type, Of(info.GenericTypeArguments[0], range));
        if (kind == typeof(IReadOnlyDictionary<,>) && info.Type.GenericTypeArguments[0] == typeof(string))
            return new MapShape(info.Type.GenericTypeArguments[1], Of(info.GenericTypeArguments[1], range));
        if (kind == typeof(Located<>)) return new LocatedShape(info.Type, Of(info.GenericTypeArguments[0], range));
        return null;
    }

    private static Type RecordType(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsGenericType: false } && type.GetConstructor([]) is not null
            ? type
            : throw Unsupported(type);

    private static NotSupportedException Unsupported(Type type) => new(
        $"a key cannot have the type {type}; give it a static Parse(string), or use a record whose properties are " +
        "keys");
}
