using System.Runtime.CompilerServices;

namespace SegPipeline.Masks;

/// <summary>
/// Smaller and larger of two numbers without a branch. In a loop the runtime compiles <c>Math.Min</c> to a branch, and
/// where the data decide at random, a branch guessed wrong costs more than all the arithmetic around it.
/// </summary>
internal static class Branchless
{
    /// <summary>All bits when a number is negative, else none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long IfNegative(long number) => number >> 63;

    /// <summary>The smaller; the difference must not overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Min(long a, long b) => b + ((a - b) & IfNegative(a - b));

    /// <summary>The larger; the difference must not overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Max(long a, long b) => a - ((a - b) & IfNegative(a - b));
}
