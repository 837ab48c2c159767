using FluentAssertions;
using PerfTests.Files;
using PerfTests.Tests.Arena.Kill.Injection;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

[Category("Kill")]
public sealed class InjectionTests
{
    /// <summary>What is put into the sources must follow them; this fails at once where they have moved on.</summary>
    [Fact]
    public void Every_edit_fits_the_sources()
    {
        var texts = new Dictionary<string, string>();
        foreach (ISourceEdit edit in KillSwitch.Edits)
        {
            string path = ProjectRoot.Resolve(edit.File);
            string source = texts.TryGetValue(edit.File, out string? edited) ? edited : File.Exists(path) ? File.ReadAllText(path) : string.Empty;
            texts[edit.File] = edit.Apply(source);
        }

        KillPoints.All.Select(point => point.Name).Should().OnlyHaveUniqueItems();
        KillPoints.All.Should().AllSatisfy(point => texts[point.Edit.File].Should().Contain(KillSwitch.Hit(point.Number)));
    }

    [Theory]
    [InlineData("none", "*A.cs has \"none\" nowhere*Mend the edit*")]
    [InlineData("a", "*more than once*")]
    public void A_text_that_is_not_there_exactly_once_is_not_replaced(string text, string message) =>
        FluentActions.Invoking(() => new TextEdit("A.cs", text, "b").Apply("a = a;")).Should().Throw<VersionException>().WithMessage(message);

    [Fact]
    public void A_statement_goes_before_or_after_the_text()
    {
        TextEdit.Before("A.cs", "x();", "y();").Apply("{ x(); }").Should().Be("{ y(); x(); }");
        TextEdit.After("A.cs", "x();", "y();").Apply("{ x(); }").Should().Be("{ x(); y(); }");
    }

    [Fact]
    public void A_file_that_is_there_is_not_added() =>
        FluentActions.Invoking(() => new AddedFile("A.cs", "b").Apply("a")).Should().Throw<VersionException>().WithMessage("*A.cs is there already*");
}
