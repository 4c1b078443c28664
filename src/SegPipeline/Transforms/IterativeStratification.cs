namespace SegPipeline.Transforms;

/// <summary>
/// Divides units that carry several labels each into parts of given sizes, so that every label is spread over the
/// parts in proportion to their sizes as well as can be.
/// </summary>
/// <remarks>
/// Iterative stratification (Sechidis, Tsoumakas and Vlahavas, "On the stratification of multi-label data", ECML PKDD
/// 2011): the rarest label goes first, each of its units to the part that still wants that label most, then to the one
/// that still wants units most. What the paper leaves to chance is settled here: units come in the order they are
/// given in, equally rare labels in the order of their numbers, equally wanting parts in their own order. A part that
/// is full takes no more, so that the sizes are exact. Wants are whole numbers (multiples of 1 / number of units).
/// </remarks>
internal static class IterativeStratification
{
    /// <summary>Divides the units.</summary>
    /// <param name="order">The units, each once, in the order in which they are to be dealt out.</param>
    /// <param name="labelsOf">The labels of each unit, numbered from 0, each label once.</param>
    /// <param name="labelCount">Number of labels.</param>
    /// <param name="sizes">Number of units of each part; their sum is the number of units.</param>
    /// <returns>The part of each unit.</returns>
    public static int[] Divide(int[] order, IReadOnlyList<int[]> labelsOf, int labelCount, long[] sizes)
    {
        var deal = new Deal(order.Length, labelsOf, sizes);
        List<int>[] unitsOf = UnitsByLabel(order, labelsOf, labelCount);
        int[] left = [.. unitsOf.Select(units => units.Count)];
        deal.SetWants(left);
        while (Rarest(left) is { } label)
            foreach (int unit in unitsOf[label].Where(unit => !deal.IsDealt(unit)))
            {
                deal.Give(unit, deal.MostWanting(label));
                foreach (int other in labelsOf[unit]) left[other]--;
            }
        foreach (int unit in order.Where(unit => !deal.IsDealt(unit))) deal.Give(unit, deal.MostWanting());
        return deal.PartOf;
    }

    private static List<int>[] UnitsByLabel(int[] order, IReadOnlyList<int[]> labelsOf, int labelCount)
    {
        var unitsOf = new List<int>[labelCount];
        for (int label = 0; label < labelCount; label++) unitsOf[label] = [];
        foreach (int unit in order)
            foreach (int label in labelsOf[unit]) unitsOf[label].Add(unit);
        return unitsOf;
    }

    private static int? Rarest(int[] left)
    {
        int? rarest = null;
        for (int label = 0; label < left.Length; label++)
            if (left[label] > 0 && (rarest is null || left[label] < left[rarest.Value])) rarest = label;
        return rarest;
    }

    private sealed class Deal(int unitCount, IReadOnlyList<int[]> labelsOf, long[] sizes)
    {
        private readonly long[] _room = [.. sizes];
        private readonly long[][] _wants = new long[sizes.Length][];

        public int[] PartOf { get; } = [.. Enumerable.Repeat(-1, unitCount)];

        public bool IsDealt(int unit) => PartOf[unit] >= 0;

        public void SetWants(int[] unitsPerLabel)
        {
            for (int part = 0; part < sizes.Length; part++)
                _wants[part] = [.. unitsPerLabel.Select(count => count * sizes[part])];
        }

        public int MostWanting(int label) => Best((a, b) =>
            _wants[a][label] != _wants[b][label] ? _wants[a][label] > _wants[b][label] : _room[a] > _room[b]);

        public int MostWanting() => Best((a, b) => _room[a] > _room[b]);

        public void Give(int unit, int part)
        {
            PartOf[unit] = part;
            _room[part]--;
            foreach (int label in labelsOf[unit]) _wants[part][label] -= unitCount;
        }

        private int Best(Func<int, int, bool> isBetter)
        {
            int best = -1;
            for (int part = 0; part < sizes.Length; part++)
                if (_room[part] > 0 && (best < 0 || isBetter(part, best))) best = part;
            return best;
        }
    }
}
