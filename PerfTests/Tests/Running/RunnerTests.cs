using System.Text.RegularExpressions;
using FluentAssertions;
using PerfTests.Machine;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Running;

[Category("Running")]
public sealed partial class RunnerTests : IDisposable
{
    private static readonly (string, string) s_otherSystem = (HostSystem.AssumedVariable, "windows");
    private readonly SuiteCopy _suite = new();

    public void Dispose() => _suite.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_SystemOtherThanLinux_SkipsRowsAndExitCodeIsZero(bool isEnumerated)
    {
        var (exitCode, output) = _suite.RunFilter("FullyQualifiedName~.LookupMetrics", isEnumerated, s_otherSystem);
        exitCode.Should().Be(0, output);
        output.Should().Contain($"Skipped: {(isEnumerated ? 10 : 2)},").And.Contain(HostSystem.NeedsLinux);
    }

    [Fact]
    public void Run_RowsAndOtherTests_RowsRunLast()
    {
        // Skipped tests are printed in the order in which they would run.
        var (_, output) = _suite.RunFilter("Category=Perf|Category=Core", variables: s_otherSystem);
        bool[] areRows = [.. SkippedTest().Matches(output).Select(match => IsRow(match.Groups[1].Value))];
        areRows.Should().Contain(true).And.Contain(false).And.BeInAscendingOrder();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait(LinuxTests.Need, LinuxTests.Linux)]
    public void Run_RowsFail_ExitCodeIsOneAndReportsNoRowAsMissing(bool isEnumerated)
    {
        var (exitCode, output) = _suite.RunFilter(
            "Category=Perf&Metric=lookup_arithmetic_time", isEnumerated, (Setting.Base.Name, "no such revision"));
        exitCode.Should().Be(1);
        output.Should().Contain("Errors: 0, Failed: 5,").And.NotContain(nameof(RowsMissingException));
    }

    private static bool IsRow(string displayName) => !displayName.StartsWith("PerfTests.", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s+(\S.*) \[SKIP\]", RegexOptions.Multiline)]
    private static partial Regex SkippedTest();
}
