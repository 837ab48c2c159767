using System.Reflection;
using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>Tests restore the expected rows of the real run, which may use them at the same time.</summary>
[Category("Running")]
public sealed class ExpectedRowsTests : IDisposable
{
    private readonly string[] _missingBefore = [.. ExpectedRows.Missing];
    private readonly bool _wasWholeCatalogue = ExpectedRows.IsWholeCatalogue;

    public ExpectedRowsTests() => Clear();

    public void Dispose()
    {
        Clear();
        ExpectedRows.Expect(_missingBefore);
        typeof(ExpectedRows).GetProperty(nameof(ExpectedRows.IsWholeCatalogue), BindingFlags.Static | BindingFlags.Public)!
            .SetValue(null, _wasWholeCatalogue);
    }

    [Fact]
    public void Missing_ExpectedRow_ContainsItUntilItEnds()
    {
        ExpectedRows.Expect(["one(allocator: shm)", "two(allocator: shm)"]);
        ExpectedRows.Ended("one(allocator: shm)");
        ExpectedRows.Missing.Should().Equal("two(allocator: shm)");
        ExpectedRows.Ended("two(allocator: shm)");
        ExpectedRows.Missing.Should().BeEmpty();
    }

    [Fact]
    public void Ended_UnexpectedRow_IsIgnored()
    {
        ExpectedRows.Ended("three(allocator: shm)");
        ExpectedRows.Missing.Should().BeEmpty();
    }

    [Fact]
    public void IsWholeCatalogue_AllRowsOrAllButOne_IsTrueForAllOnly()
    {
        string[] all = [.. Catalogue.TheoryRows().Select(row => row.TestDisplayName)];
        ExpectedRows.Expect(all.Skip(1));
        ExpectedRows.IsWholeCatalogue.Should().BeFalse();
        ExpectedRows.Expect(all);
        ExpectedRows.IsWholeCatalogue.Should().BeTrue();
    }

    private static void Clear()
    {
        foreach (var row in ExpectedRows.Missing.ToArray())
        {
            ExpectedRows.Ended(row);
        }
    }
}
