using FluentAssertions;
using PerfTests.Measurement.Instructions;
using PerfTests.Metrics;
using PerfTests.Metrics.Counted;
using PerfTests.Running;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Instructions;

/// <summary>Tests messages of rows that count instructions.</summary>
[Category("Instructions")]
public sealed class InstructionTextTests
{
    private static readonly InstructionText s_text =
        new(new InstructionsPerOperation().Rows.First(row => row.Allocator == Allocators.Arena));

    [Theory]
    [InlineData(64.2, 72.2, "64.2 -> 72.2 instructions (+12.5 %)")]
    [InlineData(1234.56, 1200, "1,234.6 -> 1,200.0 instructions (-2.8 %)")]
    [InlineData(10, 10, "10.0 -> 10.0 instructions (0.0 %)")]
    public void Change_TwoCounts_ShowsBothAndThePercentage(double before, double after, string text) =>
        s_text.Change(Verdict.Regressed, before, after)
            .Should().Be($"Regressed: instructions_per_operation(arena, lookup) {text}");

    [Fact]
    public void Methods_SomeChanged_ListsTheLargestChangesFirst() =>
        InstructionText.Methods(
                Count(("A.Same", 100), ("A.Less", 30), ("A.Gone", 10)), Count(("A.Same", 100), ("A.Less", 10), ("A.New", 80)))
            .Should().Be(": A.New +8.0, A.Less -2.0, A.Gone -1.0");

    [Fact]
    public void ByMethod_SeveralMethods_ListsTheLargestCountsFirstWithoutRareMethods() =>
        InstructionText.ByMethod(Count(("A.Small", 20), ("A.Large", 300), ("A.Rare", 0)))
            .Select(method => (method.Method, method.Count)).Should().Equal(("A.Large", 30), ("A.Small", 2));

    [Fact]
    public void Methods_ManyChanged_ListsFourAndTheNumberOfOthers() =>
        InstructionText.Methods(Count(), Count([.. Enumerable.Range(1, 6).Select(number => ($"M{number}", 10 * number))]))
            .Should().Be(": M6 +6.0, M5 +5.0, M4 +4.0, M3 +3.0 and 2 more methods");

    [Fact]
    public void Methods_NoneChanged_IsEmpty() =>
        InstructionText.Methods(Count(("A.Same", 100)), Count(("A.Same", 100))).Should().BeEmpty();

    private static InstructionCount Count(params (string Name, int Instructions)[] methods) =>
        new(
            10,
            methods.Sum(method => method.Instructions),
            methods.ToDictionary(method => method.Name, method => (long)method.Instructions));
}
