using System.Text.RegularExpressions;
using FluentAssertions;
using PerfTests.KillTest.Orderings;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

[Category("Kill")]
public sealed class BrokenOrderingTests
{
    /// <summary>A comment of the arena can then be improved without mending a patch.</summary>
    [Fact]
    public void Patches_LinesToMatch_ContainNoComment() =>
        BrokenOrdering.Patches.SelectMany(File.ReadLines).Where(line => Regex.IsMatch(line, @"^[ -]\s*//")).Should().BeEmpty();

    [Fact]
    public void Patches_Names_AreThoseOfTheTrials()
    {
        string[] names = [.. BrokenOrdering.Patches.Select(patch => Path.GetFileNameWithoutExtension(patch))];
        names.Should().BeEquivalentTo(OrderingTrial.Fatal.Concat(OrderingTrial.Harmless).SelectMany(trial => trial.Broken).Distinct());
        BrokenOrdering.Patches.Should().AllSatisfy(patch =>
            File.ReadAllText(patch).Should().Contain($"KillPoint.IsBroken(\"{Path.GetFileNameWithoutExtension(patch)}\")"));
    }
}
