using FluentAssertions;
using PerfTests.Files;
using PerfTests.KillTest.Orderings;
using PerfTests.Tests.Versions;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>
/// Tests the patches of the broken orderings. A broken ordering is a wrong order of writes that a maintainer could introduce by
/// mistake.
/// </summary>
[Category("Kill")]
public sealed class BrokenOrderingTests
{
    [Fact]
    public void Patches_ContextLines_ContainNoComment() =>
        BrokenOrdering.Patches.Should().AllSatisfy(patch => PatchText.CommentsToMatch(patch).Should().BeEmpty());

    [Fact]
    public void Patches_AllBrokenOrderings_ApplyToTheSources()
    {
        using var folder = new TemporaryFolder();
        var source = SourceBuilder.CopySources(folder.Path, "orderings");
        foreach (var patch in BrokenOrdering.Patches)
        {
            SourcePatch.Apply(patch, source);
        }
    }

    [Fact]
    public void Patches_EachFile_IsUsedByATrial()
    {
        string[] names = [.. BrokenOrdering.Patches.Select(patch => Path.GetFileNameWithoutExtension(patch))];
        OrderingTrial[] trials = [.. OrderingTrial.Fatal, .. OrderingTrial.LeftToExploration, .. OrderingTrial.Harmless];
        names.Should().BeEquivalentTo(trials.SelectMany(trial => trial.Broken).Distinct());
        BrokenOrdering.Patches.Should().AllSatisfy(patch =>
            File.ReadAllText(patch).Should().Contain($"KillPoint.IsBroken(\"{Path.GetFileNameWithoutExtension(patch)}\")"));
    }
}
