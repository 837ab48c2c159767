using FluentAssertions;
using FluentAssertions.Execution;
using PerfTests.Files;
using PerfTests.Reporting.Allure;
using PerfTests.Running;
using Xunit;
using Xunit.v3;

namespace PerfTests.Tests.Reporting;

[Category("Formats")]
public sealed class AllureOutcomeTests
{
    public static TheoryData<string, AllureStatus> Thrown { get; } = new()
    {
        { "xunit", AllureStatus.Failed },
        { "fluent", AllureStatus.Failed },
        { "other", AllureStatus.Broken },
    };

    [Theory]
    [MemberData(nameof(Thrown))]
    public void StatusOf_AnyException_IsFailedForAssertionsAndBrokenForOthers(string what, AllureStatus status)
    {
        Exception exception = what switch
        {
            "xunit" => Xunit.Sdk.FailException.ForFailure("Regressed: slower"),
            "fluent" => new AssertionFailedException("Expected 1"),
            _ => new InvalidOperationException("no space left"),
        };
        var message = TestFailed.FromException(exception, "assembly", "collection", "class", "method", "case", "test", 0, null, null, null);
        AllureOutcome.StatusOf(message).Should().Be(status);
        AllureOutcome.MessageOf(message).Should().Contain(exception.Message);
        AllureOutcome.TraceOf(message).Should().StartWith(exception.GetType().FullName);
    }

    [Fact]
    public void WithoutPath_StackTrace_DoesNotNameTheProjectFolder() =>
        ProjectRoot.WithoutPath($"in {ProjectRoot.Path}{Path.DirectorySeparatorChar}PerfTests/X.cs:line 1")
            .Should().Be("in PerfTests/X.cs:line 1");
}
