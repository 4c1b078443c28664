using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SegPipeline.Model;
using SegPipeline.Stages;
using SegPipeline.Transforms.Conditions;

namespace SegPipeline.Transforms;

/// <summary>Conditions on the records of categories: each is looked at as if it were an instance of itself.</summary>
internal static class CategoryCondition
{
    private static readonly Sample NoSample = new() { Key = "categories" };

    /// <summary>What is wrong with a condition whatever the categories, as the rest of a sentence; null when nothing
    /// is.</summary>
    public static string? Fault(Condition where)
    {
        try
        {
            new ConditionCompiler(new Fields(Taxonomy.Undeclared)).Compile(where, FilterOf.Instances);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    /// <summary>The ids of the categories for which a condition holds.</summary>
    /// <exception cref="BadDataException">It holds for none, or there is no list of categories.</exception>
    public static IReadOnlyList<RecordId> Select(Condition where, Taxonomy taxonomy)
    {
        if (!taxonomy.IsDeclared)
            throw new BadDataException(new Problem("CATEGORIES_UNDECLARED",
                $"the dataset has no list of categories, so 'where: {where}' selects nothing")
            {
                Remedy = "name categories by id",
            });
        var compiler = new ConditionCompiler(new Fields(taxonomy));
        Func<Subject, bool> passes = compiler.Compile(where, FilterOf.Instances);
        var records = new CategoryRecord(taxonomy.Categories);
        var output = new StageOutput();
        RecordId[] selected =
        [
            .. taxonomy.Categories
                .Where((c, i) => passes(new Subject(NoSample, new Instance(records, i, c.Id, c.Id, null), output)))
                .Select(c => c.Id),
        ];
        if (selected.Length > 0) return selected;
        throw new BadDataException(new Problem("CATEGORY_UNKNOWN",
            $"'where: {where}' holds for none of the " +
            $"{Counted.Of(taxonomy.Categories.Length, "category", "categories")}")
        {
            Remedy = "compare the condition with the members of the dataset's categories",
        });
    }

    /// <summary>Reads the members of categories.</summary>
    private sealed class CategoryRecord(ImmutableArray<Category> categories) : InstanceSource
    {
        public override ImmutableArray<Segmentation> ReadSegmentations(int ordinal) => [];

        public override ImmutableArray<double?> ReadAreas(int ordinal) => [];

        public override ImmutableArray<Box?> ReadBoxes(int ordinal) => [];

        public override double? ReadScore(int ordinal) => null;

        public override string? ReadMember(int ordinal, string name)
        {
            Category category = categories[ordinal];
            if (name == "name") return JsonSerializer.Serialize(category.Name);
            if (category.SourceRecord is not { } record) return null;
            try
            {
                using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetString(record.Load()));
                return document.RootElement.TryGetProperty(name, out JsonElement member) ? member.GetRawText() : null;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                return null; // NaN, Infinity or half a character stands in the record: nothing to compare
            }
        }

        public override JsonSlice? Record(int ordinal) => categories[ordinal].SourceRecord;

        public override long? Order(int ordinal) => ordinal;
    }
}
