namespace PerfTests.Results;

/// <summary>Comparison that decided the verdict on a row.</summary>
public enum FigureDecider
{
    /// <summary>The row was not judged.</summary>
    None,

    /// <summary>The value was compared with a stored baseline.</summary>
    StoredBaseline,

    /// <summary>Baseline and candidate were measured interleaved.</summary>
    Pair,

    /// <summary>The count was compared with an earlier count or with another version's count.</summary>
    Count,

    /// <summary>The value was compared with a fixed bound.</summary>
    Bound,
}
