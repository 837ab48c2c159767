using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Results;
using PerfTests.Running;
using PerfTests.Tests.Results;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Running;

[Category("Verdict")]
public sealed class StoredCountTests
{
    private const double DriftPercent = 15;

    [Theory]
    [InlineData(100, null, Verdict.Passed, 100, 2)]
    [InlineData(102, null, Verdict.Passed, 100, 2)]
    [InlineData(103, null, Verdict.Regressed, 100, 2)]
    [InlineData(97, null, Verdict.Improved, 100, 2)]
    [InlineData(101, 90.0, Verdict.Passed, 100, 2)]
    [InlineData(101, 80.0, Verdict.Regressed, 80, DriftPercent)]
    [InlineData(103, 80.0, Verdict.Regressed, 100, 2)]
    [InlineData(97, 80.0, Verdict.Improved, 100, 2)]
    public void Compare_CountOf100Stored_IsJudgedAgainstTheCountThatDecides(
        double perOperation, double? oldest, Verdict verdict, double baseline, double limit)
    {
        var stored = ResultsSample.Instructions(100);
        var document = ResultsSample.Document(stored);
        stored = stored with
        {
            Anchor = oldest is { } value ? new Anchor { Value = value, Provenance = new Provenance() } : null,
        };

        var judged = StoredCount.Compare(perOperation, new BaselineEntry(stored, "some.json", document), DriftPercent);

        (judged.Verdict, judged.Baseline.Stored.Value, judged.LimitPercent).Should().Be((verdict, baseline, limit));
    }
}
