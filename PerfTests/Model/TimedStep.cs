namespace PerfTests.Model;

/// <summary>Part of the work on a row, with the times of its start and end.</summary>
public sealed record TimedStep
{
    /// <summary>Name of the step.</summary>
    public required string Name { get; init; }

    /// <summary>Start, in UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>End, in UTC.</summary>
    public required DateTimeOffset Stop { get; init; }

    /// <summary>Parts of the step.</summary>
    public IReadOnlyList<TimedStep>? Steps { get; init; }
}
