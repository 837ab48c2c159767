using System.Text.Json.Serialization;

namespace PerfTests.Reporting.Allure;

/// <summary>The file of one test. The names are Allure's.</summary>
public sealed record AllureTestResult
{
    /// <summary>The file's own id.</summary>
    public required string Uuid { get; init; }

    /// <summary>The test with its arguments.</summary>
    public required string HistoryId { get; init; }

    /// <summary>The test, whatever its arguments.</summary>
    public required string TestCaseId { get; init; }

    /// <summary>The method with its parameters' types.</summary>
    public required string FullName { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>Where the test stands in the tree of the assembly.</summary>
    public required IReadOnlyList<string> TitlePath { get; init; }

    /// <summary>What became of it.</summary>
    public required AllureStatus Status { get; init; }

    /// <summary>Why.</summary>
    public AllureStatusDetails? StatusDetails { get; init; }

    /// <summary>How far it came.</summary>
    public string Stage { get; init; } = "finished";

    /// <summary>What it is, in Markdown.</summary>
    public string? Description { get; init; }

    /// <summary>What reports group by.</summary>
    public required IReadOnlyList<AllureLabel> Labels { get; init; }

    /// <summary>Links to elsewhere: none.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Arguments, and what was measured.</summary>
    public required IReadOnlyList<AllureParameter> Parameters { get; init; }

    /// <summary>What it consisted of.</summary>
    public required IReadOnlyList<AllureStep> Steps { get; init; }

    /// <summary>Files beside it.</summary>
    public required IReadOnlyList<AllureAttachment> Attachments { get; init; }

    /// <summary>In Unix milliseconds.</summary>
    public required long Start { get; init; }

    /// <summary>In Unix milliseconds.</summary>
    public required long Stop { get; init; }
}

/// <summary>What became of a test.</summary>
public enum AllureStatus
{
    /// <summary>It did what it should.</summary>
    Passed,

    /// <summary>An assertion says it did not.</summary>
    Failed,

    /// <summary>Something else went wrong.</summary>
    Broken,

    /// <summary>It did not run, or could not tell.</summary>
    Skipped,
}

/// <summary>Why a test has its status.</summary>
public sealed record AllureStatusDetails
{
    /// <summary>In a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>Where in the code.</summary>
    public string? Trace { get; init; }

    /// <summary>What was found.</summary>
    public string? Actual { get; init; }

    /// <summary>What should have been found.</summary>
    public string? Expected { get; init; }
}

/// <summary>Something that reports group by.</summary>
public sealed record AllureLabel(string Name, string Value);

/// <summary>An argument, or, excluded from the test's identity, something that was measured.</summary>
public sealed record AllureParameter(string Name, string Value)
{
    /// <summary>True if the value is no part of what identifies the test.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Excluded { get; init; }
}

/// <summary>A file beside a result.</summary>
public sealed record AllureAttachment(string Name, string Source, string Type);

/// <summary>A part of a test.</summary>
public sealed record AllureStep
{
    /// <summary>What was done.</summary>
    public required string Name { get; init; }

    /// <summary>What became of it.</summary>
    public required AllureStatus Status { get; init; }

    /// <summary>How far it came.</summary>
    public string Stage { get; init; } = "finished";

    /// <summary>What it consisted of.</summary>
    public IReadOnlyList<AllureStep> Steps { get; init; } = [];

    /// <summary>Files of this step: none.</summary>
    public IReadOnlyList<AllureAttachment> Attachments { get; init; } = [];

    /// <summary>Its parameters: none.</summary>
    public IReadOnlyList<AllureParameter> Parameters { get; init; } = [];

    /// <summary>In Unix milliseconds.</summary>
    public required long Start { get; init; }

    /// <summary>In Unix milliseconds.</summary>
    public required long Stop { get; init; }
}
