namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>A field of a Parquet schema with all below it. Its levels are known once it is under a root.</summary>
internal sealed class ParquetNode
{
    private ParquetNode? _items;

    private ParquetNode(string name, ParquetRepetition repetition, IReadOnlyList<ParquetNode> children) =>
        (Name, Repetition, Children) = (name, repetition, children);

    /// <summary>Its name within its parent.</summary>
    public string Name { get; }

    /// <summary>How often it stands in its parent.</summary>
    public ParquetRepetition Repetition { get; }

    /// <summary>The fields below; none of a leaf.</summary>
    public IReadOnlyList<ParquetNode> Children { get; }

    /// <summary>Type of a leaf; null of a group.</summary>
    public ParquetType? Type { get; private init; }

    /// <summary>Bytes of a value of one length; 0 of other types.</summary>
    public int LengthBytes { get; private init; }

    /// <summary>What it means.</summary>
    public ParquetMeaning Meaning { get; private init; }

    /// <summary>How a writer shall write its values, where that is possible.</summary>
    public ParquetEncoding Encoding { get; private init; }

    /// <summary>Level of definition of something that is there.</summary>
    public int Defined { get; private set; }

    /// <summary>Level of repetition of a further item of the innermost list that it is in.</summary>
    public int Repeated { get; private set; }

    /// <summary>Number of the first leaf at or below it.</summary>
    public int FirstLeaf { get; private set; }

    /// <summary>Number of the leaves at or below it.</summary>
    public int LeafCount { get; private set; }

    /// <summary>Names from the root on, without the root's.</summary>
    public IReadOnlyList<string> Path { get; private set; } = [];

    /// <summary>True of a list as the format wants it: a group of one repeated field.</summary>
    public bool IsList => Children is [{ Repetition: ParquetRepetition.Repeated }] && Meaning == ParquetMeaning.List;

    /// <summary>The items of a list.</summary>
    public ParquetNode Items => _items ??= IsList && Children[0].Children is [var only] ? only : Children[0];

    /// <summary>The field of a name; null when there is none.</summary>
    public ParquetNode? this[string name] => Children.FirstOrDefault(c => c.Name == name);

    /// <summary>All leaves, in order.</summary>
    public IEnumerable<ParquetNode> Leaves => Type is null ? Children.SelectMany(c => c.Leaves) : [this];

    /// <summary>A column that may have nulls.</summary>
    public static ParquetNode Leaf(
        string name, ParquetType type, ParquetEncoding encoding, ParquetMeaning meaning = ParquetMeaning.None) =>
        new(name, ParquetRepetition.Optional, []) { Type = type, Encoding = encoding, Meaning = meaning };

    /// <summary>Fields that belong together, or null.</summary>
    public static ParquetNode Group(string name, params ParquetNode[] children) =>
        new(name, ParquetRepetition.Optional, children);

    /// <summary>A list; its items should be called <c>element</c>.</summary>
    public static ParquetNode List(string name, ParquetNode element) => new(name, ParquetRepetition.Optional,
        [new ParquetNode("list", ParquetRepetition.Repeated, [element])])
    {
        Meaning = ParquetMeaning.List,
    };

    /// <summary>A field as a file states it.</summary>
    public static ParquetNode Of(
        string name, ParquetRepetition repetition, ParquetType? type, int lengthBytes, ParquetMeaning meaning,
        IReadOnlyList<ParquetNode> children) =>
        new(name, repetition, children) { Type = type, LengthBytes = lengthBytes, Meaning = meaning };

    /// <summary>The schema of these columns; gives all fields their levels and numbers.</summary>
    public static ParquetNode Root(IReadOnlyList<ParquetNode> columns)
    {
        var root = new ParquetNode("schema", ParquetRepetition.Required, columns);
        root.Place(0, 0, 0, []);
        return root;
    }

    private int Place(int defined, int repeated, int firstLeaf, IReadOnlyList<string> path)
    {
        Defined = defined + (Repetition == ParquetRepetition.Required ? 0 : 1);
        Repeated = repeated + (Repetition == ParquetRepetition.Repeated ? 1 : 0);
        (FirstLeaf, Path) = (firstLeaf, path);
        LeafCount = Type is null ? 0 : 1;
        foreach (ParquetNode child in Children)
            LeafCount += child.Place(Defined, Repeated, firstLeaf + LeafCount, [.. path, child.Name]);
        return LeafCount;
    }
}
