using System.Numerics;
using SegPipeline.Masks.Bitmaps;

namespace SegPipeline.Masks.LabelImages;

/// <summary>Decides which label covers most of a resized pixel.</summary>
internal sealed class LabelVote<T>(VoteRules rules)
    where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
{
    private readonly List<(T Label, long Weight)> _votes = [];
    private readonly bool _voidAbstains = rules.VoidLabel is not null && rules.VoidVote == VoidVote.Abstains;

    /// <summary>The winning label.</summary>
    /// <param name="labels">The source image.</param>
    /// <param name="rows">The source rows the pixel covers.</param>
    /// <param name="columns">The source columns it covers.</param>
    public T Winner(RowMajorPixels<T> labels, in AxisCover rows, in AxisCover columns)
    {
        T centre = labels.Row(rows.Centre)[columns.Centre];
        _votes.Clear();
        for (int y = rows.First; y <= rows.Last; y++)
        {
            ReadOnlySpan<T> row = labels.Row(y);
            for (int x = columns.First; x <= columns.Last; x++)
                Add(row[x], rows.WeightOf(y) * columns.WeightOf(x));
        }
        return Count(centre);
    }

    private void Add(T label, long weight)
    {
        for (int i = 0; i < _votes.Count; i++)
        {
            if (_votes[i].Label != label) continue;
            _votes[i] = (label, _votes[i].Weight + weight);
            return;
        }
        _votes.Add((label, weight));
    }

    private T Count(T centre)
    {
        (T Label, long Weight) best = (T.Zero, -1);
        foreach ((T label, long weight) in _votes)
        {
            long counted = _voidAbstains && uint.CreateTruncating(label) == rules.VoidLabel ? 0 : weight;
            if (counted > best.Weight || (counted == best.Weight && WinsTie(label, best.Label, centre)))
                best = (label, counted);
        }
        return best.Label;
    }

    private bool WinsTie(T label, T other, T centre)
    {
        if (rules.Tie == VoteTie.AtCentre && label == centre) return true;
        if (rules.Tie == VoteTie.AtCentre && other == centre) return false;
        if (rules.Tie == VoteTie.ForegroundLowest && T.IsZero(label) != T.IsZero(other)) return T.IsZero(other);
        return label < other;
    }
}
