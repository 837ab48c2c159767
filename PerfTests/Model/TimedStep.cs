namespace PerfTests.Model;

/// <summary>A part of the work on a row, with the time it took.</summary>
public sealed record TimedStep
{
    /// <summary>What was done.</summary>
    public required string Name { get; init; }

    /// <summary>When it began, in UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When it ended, in UTC.</summary>
    public required DateTimeOffset Stop { get; init; }

    /// <summary>What it consisted of.</summary>
    public IReadOnlyList<TimedStep>? Steps { get; init; }
}
