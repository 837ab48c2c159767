using CsCheck;
using FluentAssertions;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Verdicts;

/// <summary>Tests properties of the rule that judges paired processes, with random times.</summary>
[Category("Verdict")]
public sealed class PairedRuleProperties
{
    private const int Cases = 2_000;
    private static readonly Tolerance s_tolerance = new(3, 0);

    /// <summary>Samples of a version that takes about 100 ns, with noise that sometimes exceeds the tolerance.</summary>
    private static readonly Gen<CopySamples[]> s_copies =
        Gen.Select(Gen.Double[94, 106].Array[3], Gen.Double[94, 106].Array[3], (wall, cpu) => new CopySamples(wall, cpu)).Array[2];

    private static readonly Gen<PairedProcess> s_process =
        Gen.Select(s_copies, s_copies, s_copies, (baseline, candidate, control) => new PairedProcess(baseline, candidate, control));

    private static readonly Gen<PairedProcess[]> s_processes = s_process.Array[2, PairedRule.MaximumProcesses];

    [Fact]
    public void Judge_NoiseWithinTolerance_NeverRegresses()
    {
        var beyond = 0;
        s_processes.Sample(
            processes =>
            {
                var change = PairedRule.Change(processes);
                if (change.MinimaPercent > s_tolerance.Percent || change.PairsPercent > s_tolerance.Percent)
                {
                    Interlocked.Increment(ref beyond);
                    return true;
                }

                return PairedRule.Judge(processes, s_tolerance) != Verdict.Regressed;
            },
            iter: Cases);
        beyond.Should().BeInRange(1, Cases / 2, "the noise should come near the tolerance and mostly stay within it");
    }

    [Fact]
    public void Judge_AllTimesScaled_GivesTheSameVerdict() =>
        Gen.Select(s_processes, Gen.Int[-8, 8]).Sample(
            (processes, exponent) =>
                PairedRule.Judge(processes, s_tolerance) == PairedRule.Judge(
                    [.. processes.Select(process => Scale(process, Math.Pow(2, exponent)))], s_tolerance),
            iter: Cases);

    [Fact]
    public void Judge_OtherOrderOfProcesses_GivesTheSameVerdict() =>
        s_processes.Sample(
            processes => PairedRule.Judge(processes, s_tolerance) == PairedRule.Judge([.. processes.Reverse()], s_tolerance),
            iter: Cases);

    [Fact]
    public void Judge_TwelveProcesses_AlwaysGivesAVerdict() =>
        s_process.Array[PairedRule.MaximumProcesses]
            .Sample(processes => PairedRule.Judge(processes, s_tolerance) is not null, iter: Cases);

    private static PairedProcess Scale(PairedProcess process, double factor) =>
        new(Scale(process.Baseline, factor), Scale(process.Candidate, factor), Scale(process.Control, factor));

    private static CopySamples[] Scale(IReadOnlyList<CopySamples> copies, double factor) =>
        [
            .. copies.Select(copy => new CopySamples(
                [.. copy.Wall.Select(time => time * factor)], [.. copy.Cpu.Select(time => time * factor)])),
        ];
}
