namespace PerfTests.Reporting.Allure;

/// <summary>How a test ended.</summary>
public sealed record TestOutcome
{
    /// <summary>What became of it.</summary>
    public required AllureStatus Status { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset Stop { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Message { get; init; }

    /// <summary>Where in the code.</summary>
    public string? Trace { get; init; }

    /// <summary>What it printed.</summary>
    public string? Output { get; init; }

    /// <summary>Tables that it made, in Markdown, by name.</summary>
    public IReadOnlyDictionary<string, string> Tables { get; init; } = new Dictionary<string, string>();

    /// <summary>The values of its categories.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
}
