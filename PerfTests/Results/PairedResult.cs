namespace PerfTests.Results;

/// <summary>What measuring two versions interleaved gave; percentages of the base's time, positive is slower.</summary>
public sealed record PairedResult
{
    /// <summary>The version that was compared with.</summary>
    public required string Base { get; init; }

    /// <summary>The fresh processes that were heard.</summary>
    public required int Processes { get; init; }

    /// <summary>F: by the floors.</summary>
    public required double FloorPercent { get; init; }

    /// <summary>P: by the median of pairs.</summary>
    public required double PairPercent { get; init; }

    /// <summary>The base against itself, by the floors.</summary>
    public required double SameFloorPercent { get; init; }

    /// <summary>The base against itself, by the median of pairs.</summary>
    public required double SamePairPercent { get; init; }

    /// <summary>How much slower by the floors, per operation.</summary>
    public required double FloorNanoseconds { get; init; }
}
