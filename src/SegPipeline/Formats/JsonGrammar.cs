using System.Runtime.CompilerServices;

namespace SegPipeline.Formats;

/// <summary>
/// The grammar of JSON that needs no stack, checked for 64 bytes at once. Fields carry over what a block leaves open
/// for the next one; each is a mask whose lowest bit is the first byte of that block.
/// </summary>
internal struct JsonGrammar
{
    private ulong _afterSeparator;
    private ulong _afterOpen;
    private ulong _afterScalar;
    private ulong _afterDigit;
    private ulong _afterExponent;
    private ulong _digitDue;
    private ulong _inFraction;
    private ulong _inExponent;
    private ulong _afterLeadingZero;
    private ulong _afterFirstMinus;
    private JsonLiterals _literals;

    /// <summary>The state at the start of a file, where a value is expected.</summary>
    public static JsonGrammar AtStart() => new() { _afterSeparator = 1 };

    /// <summary>Checks a block.</summary>
    /// <returns>Bytes that are wrong.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Check<TLanes>(
        TLanes lanes, ReadOnlySpan<byte> block, in JsonText64 text, out ulong colons, out ulong notNumbers)
        where TLanes : struct, IJsonLanes<TLanes>
    {
        ulong digits = lanes.InRange((byte)'0', 10) & text.Outside;
        ulong points = lanes.Equal((byte)'.') & text.Outside;
        ulong scalars = text.Outside & ~(text.Blanks | text.Opens | text.Closes | text.Commas);
        ulong rare = scalars & ~(digits | points);
        ulong minuses = 0, signs = 0, exponents = 0, faults = 0;
        LiteralMasks literals = default;
        colons = 0;
        if ((rare | _literals.Open) != 0)
        {
            colons = lanes.Equal((byte)':') & rare;
            scalars &= ~colons;
            rare &= ~colons;
            if ((rare | _literals.Open) != 0)
            {
                minuses = lanes.Equal((byte)'-') & rare;
                signs = minuses | (lanes.Equal((byte)'+') & rare);
                exponents = lanes.EqualFolded((byte)'e') & rare;
                ulong letters = rare & ~(signs | exponents);
                if ((letters | _literals.Open) != 0)
                {
                    ulong first = scalars & ~((scalars << 1) | _afterScalar);
                    ulong behindMinus = ((minuses & first) << 1) | _afterFirstMinus;
                    literals = _literals.Match(block, first, behindMinus, letters, scalars);
                    faults = literals.Faults;
                    exponents &= ~literals.Bytes;
                }
            }
        }

        notNumbers = literals.NotNumbers;
        ulong starts = scalars & ~((scalars << 1) | _afterScalar);
        _afterScalar = scalars >> 63;
        ulong zeros = lanes.Equal((byte)'0') & digits;
        var number = new NumberMasks(starts & ~literals.Bytes, digits, points, zeros, literals.Bytes);
        return faults | Alternation(text, colons, starts) | Numbers(number, minuses, signs, exponents);
    }

    /// <summary>
    /// Every value or key must be the first thing after a separator or an opening bracket (or the file's start), and
    /// that first thing must be a value or key, or the end of an empty list or object.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Alternation(in JsonText64 text, ulong colons, ulong scalarStarts)
    {
        ulong separators = text.Commas | colons;
        ulong afterSeparator = Beyond(separators, text.Blanks, ref _afterSeparator);
        ulong afterOpen = Beyond(text.Opens, text.Blanks, ref _afterOpen);
        ulong due = afterSeparator | afterOpen;
        ulong values = scalarStarts | text.Opens | text.StringStarts;
        return (due & separators) | (afterSeparator & text.Closes) | (values & ~due);
    }

    /// <summary>-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?, by what may stand next to what.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Numbers(NumberMasks number, ulong minuses, ulong signs, ulong exponents)
    {
        ulong afterDigit = (number.Digits << 1) | _afterDigit;
        _afterDigit = number.Digits >> 63;
        ulong mustBeDigit = ((number.Points | signs) << 1) | _digitDue;
        _digitDue = (number.Points | signs) >> 63;
        ulong faults = (number.Starts & ~(number.Digits | minuses))
            | ((number.Points | exponents) & ~afterDigit)
            | (mustBeDigit & ~(number.Digits | number.Literals));
        faults |= Beyond(number.Points, number.Digits, ref _inFraction) & number.Points;

        ulong firstMinuses = minuses & number.Starts;
        ulong leadingZeros = number.Zeros & (number.Starts | (firstMinuses << 1) | _afterFirstMinus);
        _afterFirstMinus = firstMinuses >> 63;
        faults |= ((leadingZeros << 1) | _afterLeadingZero) & number.Digits;
        _afterLeadingZero = leadingZeros >> 63;

        if ((signs | exponents | _afterExponent | _inExponent) != 0)
            faults |= Exponents(number, minuses, signs, exponents);
        return faults;
    }

    private ulong Exponents(NumberMasks number, ulong minuses, ulong signs, ulong exponents)
    {
        ulong afterExponent = (exponents << 1) | _afterExponent;
        _afterExponent = exponents >> 63;
        ulong signed = signs & afterExponent;
        ulong faults = (signs & ~(minuses & number.Starts) & ~afterExponent)
            | (afterExponent & ~(number.Digits | signs));
        return faults | (Beyond(exponents | signed, number.Digits, ref _inExponent) & (number.Points | exponents));
    }

    /// <summary>The first byte behind each of <paramref name="marks"/> that is not in <paramref name="run"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Beyond(ulong marks, ulong run, ref ulong carry)
    {
        ulong next = (marks << 1) | carry;
        ulong sum = (next & run) + run;
        carry = (marks >> 63) | (sum < run ? 1UL : 0);
        return (sum | next) & ~run;
    }

    private readonly record struct NumberMasks(ulong Starts, ulong Digits, ulong Points, ulong Zeros, ulong Literals);
}
