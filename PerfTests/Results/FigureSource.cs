namespace PerfTests.Results;

/// <summary>Origin of the baseline that a report shows beside the value of a row.</summary>
public enum FigureSource
{
    /// <summary>The row was not compared with a baseline.</summary>
    None,

    /// <summary>Baseline and candidate were measured interleaved.</summary>
    Pair,

    /// <summary>The baseline is a stored value, converted to the present speed of the machine.</summary>
    AdjustedBaseline,

    /// <summary>The baseline is a stored value, as it was stored.</summary>
    Baseline,
}
