using FluentAssertions;
using PerfTests.Files;
using PerfTests.Tests.Reporting;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Documents;

[Category("Documents")]
public sealed class LinkTests : TemporaryResults
{
    [Fact]
    public void Documents_AllOfTheProject_HaveNoBrokenLink()
    {
        var files = Git.Ask("ls-files", "--cached", "--others", "--exclude-standard")?.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.SkipWhen(files is null, "git cannot list the files of this folder");
        files.Should().Contain("README.md");
        string[] present = [.. files!.Where(file => File.Exists(ProjectRoot.Resolve(file)))];
        MarkdownLinks.Broken(ProjectRoot.Path, present).ToArray().Should().BeEmpty();
    }

    [Theory]
    [InlineData("[there](other.md)", null)]
    [InlineData("[there](other.md#two-words)", null)]
    [InlineData("[there](other.md#two-words-1)", null)]
    [InlineData("[here](#code-and-a-link)", null)]
    [InlineData("![picture](folder/picture.png)", null)]
    [InlineData("[folder](folder)", null)]
    [InlineData("[folder](folder/)", null)]
    [InlineData("[outside](https://example.org/none.md)", null)]
    [InlineData("`[code](none.md)`", null)]
    [InlineData("```\n[code](none.md)\n```", null)]
    [InlineData("[there](none.md)", "a.md: none.md: no such file")]
    [InlineData("[outside](../a.md)", "a.md: ../a.md: no such file")]
    [InlineData("[there](other.md#three)", "a.md: other.md#three: no such heading")]
    [InlineData("[there](other.md#only-in-code)", "a.md: other.md#only-in-code: no such heading")]
    public void BrokenLinks_DocumentWithOneLink_ListsItOnlyIfTargetIsMissing(string text, string? broken)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "folder"));
        File.WriteAllText(Path.Combine(Folder, "folder", "picture.png"), string.Empty);
        File.WriteAllText(Path.Combine(Folder, "other.md"), "# Two words\n\n## Two words\n\n```\n# Only in code\n```\n");
        File.WriteAllText(Path.Combine(Folder, "a.md"), $"# `Code`, and a [link](other.md)\n\n{text}\n");
        MarkdownLinks.Broken(Folder, ["a.md", "other.md", "folder/picture.png"])
            .Should().BeEquivalentTo(broken is null ? Array.Empty<string>() : [broken]);
    }
}
