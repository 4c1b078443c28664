using System.Collections;
using System.Runtime.InteropServices;

namespace SegPipeline.Formats.Parquet.FileFormat;

/// <summary>
/// The numbers of a column. Doubles are held as 32-bit counts of hundredths, half of the memory and found again by
/// number at once, as long as all of them are such counts, as coordinates mostly are; then as their bits.
/// </summary>
internal sealed class NumberList : IReadOnlyList<long>
{
    private readonly List<int> _hundredths = [];
    private readonly List<long> _bits = [];
    private readonly bool _holdsDoubles;
    private bool _areHundredths;

    /// <param name="holdsDoubles">True when the numbers are the bits of doubles.</param>
    public NumberList(bool holdsDoubles) => _holdsDoubles = _areHundredths = holdsDoubles;

    /// <inheritdoc/>
    public int Count => _areHundredths ? _hundredths.Count : _bits.Count;

    /// <summary>How many numbers fit before more memory is taken.</summary>
    public int Capacity => _areHundredths ? _hundredths.Capacity : _bits.Capacity;

    /// <inheritdoc/>
    public long this[int index] => _areHundredths ? Hundredths.BitsOf(_hundredths[index]) : _bits[index];

    /// <summary>The numbers as hundredths.</summary>
    /// <returns>False when they are no doubles, or one of them is no count of hundredths.</returns>
    public bool TryGetHundredths(out ReadOnlySpan<int> hundredths)
    {
        hundredths = CollectionsMarshal.AsSpan(_hundredths);
        return _areHundredths;
    }

    /// <summary>The numbers, which are held as they are from now on: not for several threads the first time.</summary>
    public ReadOnlySpan<long> AsSpan()
    {
        Widen();
        return CollectionsMarshal.AsSpan(_bits);
    }

    /// <summary>Adds a number.</summary>
    public void Add(long number)
    {
        if (_areHundredths)
        {
            if (Hundredths.TryOf(number, out int hundredths))
            {
                _hundredths.Add(hundredths);
                return;
            }

            Widen();
        }

        _bits.Add(number);
    }

    /// <summary>Adds numbers.</summary>
    public void AddRange(ReadOnlySpan<long> numbers)
    {
        if (_areHundredths)
        {
            int count = _hundredths.Count;
            CollectionsMarshal.SetCount(_hundredths, count + numbers.Length);
            if (Hundredths.TryOf(numbers, CollectionsMarshal.AsSpan(_hundredths)[count..])) return;
            CollectionsMarshal.SetCount(_hundredths, count);
            Widen();
        }

        _bits.AddRange(numbers);
    }

    /// <summary>Adds some numbers of another list.</summary>
    public void AddRange(NumberList other, Range range)
    {
        if (!other._areHundredths)
        {
            AddRange(CollectionsMarshal.AsSpan(other._bits)[range]);
            return;
        }

        ReadOnlySpan<int> hundredths = CollectionsMarshal.AsSpan(other._hundredths)[range];
        if (_areHundredths) _hundredths.AddRange(hundredths);
        else AddBits(hundredths);
    }

    /// <summary>Forgets all numbers.</summary>
    public void Clear()
    {
        _hundredths.Clear();
        _bits.Clear();
        _areHundredths = _holdsDoubles;
    }

    /// <inheritdoc/>
    public IEnumerator<long> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Widen()
    {
        if (!_areHundredths) return;
        _areHundredths = false;
        AddBits(CollectionsMarshal.AsSpan(_hundredths));
        _hundredths.Clear();
    }

    private void AddBits(ReadOnlySpan<int> hundredths)
    {
        int count = _bits.Count;
        CollectionsMarshal.SetCount(_bits, count + hundredths.Length);
        Span<long> bits = CollectionsMarshal.AsSpan(_bits)[count..];
        for (int i = 0; i < bits.Length; i++) bits[i] = Hundredths.BitsOf(hundredths[i]);
    }
}
