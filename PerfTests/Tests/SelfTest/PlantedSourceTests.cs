using FluentAssertions;
using PerfTests.Files;
using PerfTests.Planting;
using PerfTests.Tests.Versions;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.SelfTest;

/// <summary>Tests the patches that plant a slowdown in the sources of the libraries.</summary>
[Category("SelfTest")]
public sealed class PlantedSourceTests
{
    /// <summary>Folder of all patches, including patches that only the pipeline plants.</summary>
    private static readonly string s_folder = ProjectRoot.Resolve("PerfTests/Planting");

    [Fact]
    public void Patches_AllPlantedSlowdowns_ApplyToTheSources()
    {
        using var folder = new TemporaryFolder();
        var source = SourceBuilder.CopySources(folder.Path, "planted");
        foreach (var patch in Directory.GetFiles(s_folder, "*.patch"))
        {
            SourcePatch.Apply(patch, source);
        }
    }

    [Fact]
    public void Patches_ContextLines_ContainNoComment() =>
        Directory.GetFiles(s_folder, "*.patch").Should().AllSatisfy(patch => PatchText.CommentsToMatch(patch).Should().BeEmpty());

    [Fact]
    public void Patches_ListOfSelfTest_NamesExistingFiles() =>
        PlantedSources.Patches.Should().OnlyHaveUniqueItems().And.OnlyContain(patch => File.Exists(patch));
}
