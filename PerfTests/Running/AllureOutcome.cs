using PerfTests.Files;
using PerfTests.Reporting.Allure;
using Xunit.Sdk;

namespace PerfTests.Running;

/// <summary>What xUnit says of a test's end, in Allure's terms.</summary>
internal static class AllureOutcome
{
    /// <summary>FluentAssertions throws an exception of its own, which xUnit does not take for an assertion's.</summary>
    private const string OtherAssertion = "AssertionFailedException";

    /// <summary>An assertion that does not hold is a failure; anything else that is thrown means that the test is broken.</summary>
    public static AllureStatus StatusOf(ITestResultMessage end) => end switch
    {
        ITestPassed => AllureStatus.Passed,
        ITestFailed failed => IsAssertion(failed) ? AllureStatus.Failed : AllureStatus.Broken,
        _ => AllureStatus.Skipped,
    };

    /// <summary>Why it ended so, or null.</summary>
    public static string? MessageOf(ITestResultMessage end) => end switch
    {
        ITestFailed failed => string.Join('\n', failed.Messages),
        ITestSkipped skipped => skipped.Reason,
        { Warnings: { Length: > 0 } warnings } => string.Join('\n', warnings),
        _ => null,
    };

    /// <summary>Where in the code, or null.</summary>
    public static string? TraceOf(ITestResultMessage end) => end is ITestFailed failed
        ? string.Join('\n', failed.ExceptionTypes.Zip(failed.StackTraces, (type, trace) => $"{type}\n{ProjectRoot.WithoutPath(trace ?? string.Empty)}"))
        : null;

    /// <summary>The texts that the test attached: tables in Markdown.</summary>
    public static IReadOnlyDictionary<string, string> TablesOf(ITestFinished finished) => finished.Attachments
        .Where(attachment => attachment.Value.AttachmentType == TestAttachmentType.String)
        .ToDictionary(attachment => attachment.Key, attachment => attachment.Value.AsString(), StringComparer.Ordinal);

    private static bool IsAssertion(ITestFailed failed) =>
        failed.Cause == FailureCause.Assertion
        || failed.ExceptionTypes.FirstOrDefault() is { } type && type.EndsWith(OtherAssertion, StringComparison.Ordinal);
}
