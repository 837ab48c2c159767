using System.Text.Json.Serialization;

namespace PerfTests.Reporting.Allure;

/// <summary>Content of the result file of one test. Allure prescribes the names of the properties.</summary>
public sealed record AllureTestResult
{
    /// <summary>Id of the result file.</summary>
    public required string Uuid { get; init; }

    /// <summary>Id of the test method with its arguments.</summary>
    public required string HistoryId { get; init; }

    /// <summary>Id of the test method, without arguments.</summary>
    public required string TestCaseId { get; init; }

    /// <summary>Full name of the test method, with its parameter types.</summary>
    public required string FullName { get; init; }

    /// <summary>Display name of the test.</summary>
    public required string Name { get; init; }

    /// <summary>Path of the test in the tree of the assembly.</summary>
    public required IReadOnlyList<string> TitlePath { get; init; }

    /// <summary>Status of the test.</summary>
    public required AllureStatus Status { get; init; }

    /// <summary>Reason for the status.</summary>
    public AllureStatusDetails? StatusDetails { get; init; }

    /// <summary>Stage that the test reached.</summary>
    public string Stage { get; init; } = "finished";

    /// <summary>Description of the test, in Markdown.</summary>
    public string? Description { get; init; }

    /// <summary>Labels by which reports group tests.</summary>
    public required IReadOnlyList<AllureLabel> Labels { get; init; }

    /// <summary>Links of the test; always empty.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Arguments of the test, and measured values.</summary>
    public required IReadOnlyList<AllureParameter> Parameters { get; init; }

    /// <summary>Steps of the test.</summary>
    public required IReadOnlyList<AllureStep> Steps { get; init; }

    /// <summary>Files that are attached to the test.</summary>
    public required IReadOnlyList<AllureAttachment> Attachments { get; init; }

    /// <summary>Start of the test, in Unix milliseconds.</summary>
    public required long Start { get; init; }

    /// <summary>End of the test, in Unix milliseconds.</summary>
    public required long Stop { get; init; }
}

/// <summary>Status of a test or step.</summary>
public enum AllureStatus
{
    /// <summary>The test passed.</summary>
    Passed,

    /// <summary>An assertion failed.</summary>
    Failed,

    /// <summary>The test failed for a reason other than an assertion.</summary>
    Broken,

    /// <summary>The test did not run, or could not judge its row.</summary>
    Skipped,
}

/// <summary>Reason for the status of a test.</summary>
public sealed record AllureStatusDetails
{
    /// <summary>Message of the failure or of the verdict.</summary>
    public string? Message { get; init; }

    /// <summary>Stack trace of the failure.</summary>
    public string? Trace { get; init; }

    /// <summary>Text of the actual value.</summary>
    public string? Actual { get; init; }

    /// <summary>Text of the expected value.</summary>
    public string? Expected { get; init; }
}

/// <summary>Label by which reports group tests.</summary>
public sealed record AllureLabel(string Name, string Value);

/// <summary>Argument of a test, or a measured value that is excluded from the test's identity.</summary>
public sealed record AllureParameter(string Name, string Value)
{
    /// <summary>True if the value does not identify the test.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Excluded { get; init; }

    /// <summary>The value <c>hidden</c> if reports must not show the parameter; null if they show it.</summary>
    public string? Mode { get; init; }
}

/// <summary>File that is attached to a result.</summary>
public sealed record AllureAttachment(string Name, string Source, string Type);

/// <summary>Step of a test.</summary>
public sealed record AllureStep
{
    /// <summary>Name of the step.</summary>
    public required string Name { get; init; }

    /// <summary>Status of the step.</summary>
    public required AllureStatus Status { get; init; }

    /// <summary>Stage that the step reached.</summary>
    public string Stage { get; init; } = "finished";

    /// <summary>Steps within this step.</summary>
    public IReadOnlyList<AllureStep> Steps { get; init; } = [];

    /// <summary>Files that are attached to the step; always empty.</summary>
    public IReadOnlyList<AllureAttachment> Attachments { get; init; } = [];

    /// <summary>Parameters of the step; always empty.</summary>
    public IReadOnlyList<AllureParameter> Parameters { get; init; } = [];

    /// <summary>Start of the step, in Unix milliseconds.</summary>
    public required long Start { get; init; }

    /// <summary>End of the step, in Unix milliseconds.</summary>
    public required long Stop { get; init; }
}
