using PerfTests.Files;
using PerfTests.Reporting.Allure;
using Xunit.Sdk;

namespace PerfTests.Running;

/// <summary>Converts xUnit's message about the end of a test to Allure's terms.</summary>
internal static class AllureOutcome
{
    /// <summary>Exception that FluentAssertions throws; xUnit does not count it as a failed assertion.</summary>
    private const string OtherAssertion = "AssertionFailedException";

    /// <summary>Returns the status of a test. A failed assertion gives Failed; any other exception gives Broken.</summary>
    public static AllureStatus StatusOf(ITestResultMessage end) => end switch
    {
        ITestPassed => AllureStatus.Passed,
        ITestFailed failed => IsAssertion(failed) ? AllureStatus.Failed : AllureStatus.Broken,
        _ => AllureStatus.Skipped,
    };

    /// <summary>Returns the reason of a failure, skip or warning; null if there is none.</summary>
    public static string? MessageOf(ITestResultMessage end) => end switch
    {
        ITestFailed failed => string.Join('\n', failed.Messages),
        ITestSkipped skipped => skipped.Reason,
        { Warnings: { Length: > 0 } warnings } => string.Join('\n', warnings),
        _ => null,
    };

    /// <summary>Returns the exception types and stack traces of a failure; null if the test did not fail.</summary>
    public static string? TraceOf(ITestResultMessage end) => end is ITestFailed failed
        ? string.Join('\n', failed.ExceptionTypes.Zip(
            failed.StackTraces, (type, trace) => $"{type}\n{ProjectRoot.WithoutPath(trace ?? string.Empty)}"))
        : null;

    /// <summary>Returns the texts that the test attached. Each text is a Markdown table or an SVG picture.</summary>
    public static IReadOnlyDictionary<string, string> TablesOf(ITestFinished finished) => finished.Attachments
        .Where(attachment => attachment.Value.AttachmentType == TestAttachmentType.String)
        .ToDictionary(attachment => attachment.Key, attachment => attachment.Value.AsString(), StringComparer.Ordinal);

    private static bool IsAssertion(ITestFailed failed) =>
        failed.Cause == FailureCause.Assertion
        || failed.ExceptionTypes.FirstOrDefault() is { } type && type.EndsWith(OtherAssertion, StringComparison.Ordinal);
}
