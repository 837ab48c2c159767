using System.Reflection;
using BenchmarkDotNet.Attributes;
using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Theories;
using Xunit;

namespace PerfTests.Tests.Metrics;

/// <summary>Tests the catalogue, which lists all metrics and rows.</summary>
[Category("Catalogue")]
public sealed class CatalogueTests
{
    private static readonly MethodInfo[] s_theories =
        [.. typeof(PerfTheories).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(PerfTheories)))
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(TheoryAttribute)))];

    [Fact]
    public void Theories_EveryMetric_HasATheoryOfItsName() =>
        s_theories.Select(theory => theory.Name).Should()
            .BeEquivalentTo(Catalogue.Theories);

    [Fact]
    public void TheoryRows_EveryTheory_HaveItsParameters()
    {
        foreach (var theory in s_theories)
        {
            foreach (var row in Catalogue.TheoryRows(theory.Name))
            {
                row.Arguments.Select(argument => argument.Key).Should().Equal(theory.GetParameters().Select(parameter => parameter.Name));
            }
        }
    }

    [Fact]
    public void KeysAndDisplayNames_AllRows_AreUnique()
    {
        Catalogue.Keys.Should().OnlyHaveUniqueItems();
        s_theories.SelectMany(theory => Catalogue.TheoryRows(theory.Name))
            .Select(row => row.TestDisplayName)
            .Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Rows_MetricOfReplacedScripts_OneRowHasTheBareMetricName()
    {
        string[] seed =
        [
            "allocation_total_time", "allocation_throughput", "lookup_linear_scan_time", "lookup_arithmetic_time", "transfer_1mb_bandwidth",
        ];
        Catalogue.Rows.Where(row => row.IsUnqualified).Select(row => row.Key).Should().Contain(seed).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Id_EveryMetric_IsLowerCaseAscii() =>
        Catalogue.Theories.Should().OnlyContain(id => id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'));

    [Fact]
    public void Scenario_EveryRow_IsABenchmarkThatReturnsLong()
    {
        foreach (var row in Catalogue.Rows)
        {
            var method = row.Scenario.Type.GetMethod(row.Scenario.Method);
            method.Should().NotBeNull(row.Label);
            method!.ReturnType.Should().Be<long>(row.Label);
            method.IsDefined(typeof(BenchmarkAttribute)).Should().BeTrue(row.Label);
            row.Scenario.Type.IsPublic.Should().BeTrue(row.Label);
            row.Scenario.Type.IsSealed.Should().BeFalse(row.Label);
        }
    }

    [Fact]
    public void Metric_UnknownName_ErrorListsKnownNames() =>
        FluentActions.Invoking(() => Catalogue.Metric("allocation_tim"))
            .Should().Throw<ArgumentException>().WithMessage("*allocation_tim*allocation_total_time*");
}
