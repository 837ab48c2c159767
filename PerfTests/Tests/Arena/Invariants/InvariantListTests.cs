using System.Reflection;
using System.Text.RegularExpressions;
using FluentAssertions;
using PerfTests.Files;
using Xunit;

namespace PerfTests.Tests.Arena.Invariants;

/// <summary>Compares the invariants that the protocol's description promises with the tests that check them.</summary>
[Category("Arena")]
public sealed partial class InvariantListTests
{
    [Fact]
    public void Readme_Invariants_EachSentenceHasATest()
    {
        var readme = File.ReadAllText(ProjectRoot.Resolve("Shm.Arena/README.md"));
        var chapter = Chapter().Match(readme).Groups[1].Value;
        var sentences = Number().Split(chapter).SelectMany(item => SentenceEnd().Split(Text(item))).Where(sentence => sentence.Length > 0);
        var tested = typeof(InvariantListTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<InvariantAttribute>()).Select(invariant => invariant.Sentence);
        tested.Distinct().Should().BeEquivalentTo(sentences);
    }

    /// <summary>Returns the text of an item in one line, without Markdown.</summary>
    private static string Text(string item) => WhiteSpace().Replace(item.Replace("*", "", StringComparison.Ordinal), " ").Trim();

    [GeneratedRegex(@"^### Invariants\n(.*?)^##", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Chapter();

    [GeneratedRegex(@"^\d+\. ", RegexOptions.Multiline)]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"(?<=\.) ")]
    private static partial Regex SentenceEnd();
}
