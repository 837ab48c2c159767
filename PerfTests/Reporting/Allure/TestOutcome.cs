namespace PerfTests.Reporting.Allure;

/// <summary>Outcome of a test.</summary>
public sealed record TestOutcome
{
    /// <summary>Status of the test.</summary>
    public required AllureStatus Status { get; init; }

    /// <summary>Start of the test.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>End of the test.</summary>
    public required DateTimeOffset Stop { get; init; }

    /// <summary>Reason for the status.</summary>
    public string? Message { get; init; }

    /// <summary>Stack trace.</summary>
    public string? Trace { get; init; }

    /// <summary>Output of the test.</summary>
    public string? Output { get; init; }

    /// <summary>Markdown tables and SVG pictures that the test attached, by name.</summary>
    public IReadOnlyDictionary<string, string> Tables { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of the test's categories.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
}
