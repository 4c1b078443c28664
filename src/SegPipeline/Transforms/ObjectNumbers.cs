using System.Collections.Immutable;
using System.Globalization;
using SegPipeline.Model;

namespace SegPipeline.Transforms;

/// <summary>Keeps the numbers that objects have within a sample (<c>object_id</c>) apart.</summary>
internal static class ObjectNumbers
{
    /// <summary>The member of an instance that holds its number.</summary>
    public const string Member = "object_id";

    /// <summary>The number of an instance; null when it has none.</summary>
    public static RecordId? Of(Instance instance) =>
        instance.MemberText(Member) is { } text and not "null" ? RecordId.FromJson(text) : null;

    /// <summary>What an instance is known by in its sample, as JSON: its id, else its number; null when it has
    /// neither.</summary>
    public static string? NameOf(Instance instance) => (instance.Id ?? Of(instance))?.JsonText;

    /// <summary>
    /// Gives every instance that may change, and has a number that another one has already, the next number behind the
    /// largest: in the order of the list.
    /// </summary>
    /// <param name="instances">The instances of a sample.</param>
    /// <param name="mayChange">Which of them may get another number.</param>
    /// <returns>How many did.</returns>
    public static int KeepApart(ImmutableArray<Instance>.Builder instances, Func<int, bool> mayChange)
    {
        RecordId?[] numbers = [.. instances.Select(Of)];
        long largest = numbers.Select(n => n?.Number ?? 0).Append(0).Max();
        HashSet<RecordId> taken = [.. numbers.Where((n, i) => n is not null && !mayChange(i)).Select(n => n!.Value)];
        int changed = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] is not { } number || !mayChange(i) || taken.Add(number)) continue;
            string free = (++largest).ToString(CultureInfo.InvariantCulture);
            instances[i] = instances[i] with { ExtraMembers = instances[i].ExtraMembers.SetItem(Member, free) };
            changed++;
        }
        return changed;
    }
}
