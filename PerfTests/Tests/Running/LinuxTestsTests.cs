using FluentAssertions;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Running;

/// <summary>Tests which tests run on systems other than Linux.</summary>
[Category("Running")]
public sealed class LinuxTestsTests
{
    [Theory]
    [InlineData("Verdict", true)]
    [InlineData("Formats", true)]
    [InlineData("Perf", false)]
    [InlineData("Peers", false)]
    [InlineData("Arena", false)]
    [InlineData("A new category", false)]
    public void IsPortable_Category_IsTrueIfItsTestsOnlyComputeAndWriteFiles(string category, bool isPortable) =>
        LinuxTests.IsPortable(Traits(("Category", category))).Should().Be(isPortable);

    [Fact]
    public void IsPortable_TestWithoutCategory_IsFalse() => LinuxTests.IsPortable(Traits()).Should().BeFalse();

    [Fact]
    public void IsPortable_TestMarkedAsNeedingLinux_IsFalse() =>
        LinuxTests.IsPortable(Traits(("Category", "Verdict"), (LinuxTests.Need, LinuxTests.Linux))).Should().BeFalse();

    private static Dictionary<string, IReadOnlyCollection<string>> Traits(params (string Name, string Value)[] traits) =>
        traits.ToDictionary(trait => trait.Name, trait => (IReadOnlyCollection<string>)[trait.Value]);
}
