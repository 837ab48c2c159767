using System.Text.RegularExpressions;
using FluentAssertions;
using PerfTests.Files;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Running;

[Category("Settings")]
public sealed partial class SettingNamesTests
{
    [Theory]
    [InlineData("PERF_STRCIT", "PERF_STRICT")]
    [InlineData("PERF_BASLINE", "PERF_BASELINE")]
    [InlineData("PERF_OUTPUTS", "PERF_OUTPUT")]
    [InlineData("PERF_LOCKFOLDER", "PERF_LOCK_FOLDER")]
    [InlineData("PERF_CANDIATE", "PERF_CANDIDATE")]
    [InlineData("perf_strict", "PERF_STRICT")]
    [InlineData("Perf_Bases", "PERF_BASE")]
    public void Require_MisspeltName_NamesTheNearestSetting(string name, string nearest) =>
        FluentActions.Invoking(() => SettingNames.Require([name, "PATH"]))
            .Should().Throw<SettingException>().WithMessage($"There is no setting {name}. Did you mean {nearest}?");

    [Theory]
    [InlineData("PERF_COLOUR")]
    [InlineData("PERF_X")]
    [InlineData("PERF_")]
    public void Require_UnknownName_ListsAllSettings(string name) =>
        FluentActions.Invoking(() => SettingNames.Require([name]))
            .Should().Throw<SettingException>()
            .WithMessage($"There is no setting {name}. Allowed: *PERF_BASE, *PERF_TRACE*PERF_UPDATE_REASON.");

    [Fact]
    public void Require_SettingsAndVariablesOfOtherPrograms_DoesNotThrow() =>
        FluentActions.Invoking(() => SettingNames.Require(["PATH", "PERFORMANCE", "PERF_BUILDID_DIR", .. SettingNames.Known]))
            .Should().NotThrow();

    [Theory]
    [InlineData(".ci")]
    [InlineData(".github")]
    [InlineData(".gitlab-ci.yml")]
    [InlineData("Jenkinsfile")]
    [InlineData("README.md")]
    public void Known_NamesInPipelinesAndReadme_ContainsEachName(string place)
    {
        var path = ProjectRoot.Resolve(place);
        string[] files = Directory.Exists(path)
            ? [.. Directory.GetFiles(path, "*", SearchOption.AllDirectories)
                .Where(file => !file.Contains("node_modules", StringComparison.Ordinal))]
            : File.Exists(path) ? [path] : [];
        Assert.SkipWhen(files.Length == 0, $"{place} does not exist in this checkout");
        files.SelectMany(file => Name().Matches(File.ReadAllText(file))).Select(match => match.Value)
            .Should().BeSubsetOf(SettingNames.Known);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "ab", 1)]
    [InlineData("abc", "abcd", 1)]
    [InlineData("abc", "axc", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void EditDistance_TwoWords_CountsTypingErrors(string one, string other, int distance)
    {
        EditDistance.Between(one, other).Should().Be(distance);
        EditDistance.Between(other, one).Should().Be(distance);
    }

    [GeneratedRegex(@"\bPERF_[A-Z_]+[A-Z]\b")]
    private static partial Regex Name();
}
