namespace PerfTests.Model;

/// <summary>Direction in which a metric improves.</summary>
public enum Direction
{
    /// <summary>Smaller values are better: times, bytes, counts.</summary>
    Lower,

    /// <summary>Larger values are better: rates, speed-ups.</summary>
    Higher,
}
