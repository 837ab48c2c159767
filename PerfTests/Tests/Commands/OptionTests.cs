using FluentAssertions;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Commands;

/// <summary>Tests that a wrong option value is reported with the option, the value and the allowed values.</summary>
[Category("Formats")]
[Trait(LinuxTests.Need, LinuxTests.Linux)]
public sealed class OptionTests
{
    private readonly VerbConsole _console = new();

    [Theory]
    [InlineData("--tolerance", "abc", "compare", "a", "b")]
    [InlineData("--tolerance", "10%", "compare", "a", "b")]
    [InlineData("--tolerance", "5,5", "compare", "a", "b")]
    [InlineData("--tolerance", "-1", "compare", "a", "b")]
    [InlineData("--tolerance", "NaN", "compare", "a", "b")]
    [InlineData("--tolerance", "1e9", "compare", "a", "b")]
    [InlineData("--tolerance", "", "compare", "a", "b")]
    [InlineData("--trials", "-3", "self-test")]
    [InlineData("--trials", "1.5", "self-test")]
    [InlineData("--trials", "99999999999999999999", "self-test")]
    [InlineData("--minutes", "NaN", "self-test")]
    [InlineData("--minutes", "1e300", "self-test")]
    [InlineData("--plant-every", "-1", "self-test")]
    [InlineData("--metric", "no such metric", "self-test")]
    [InlineData("--kills", "x", "kill-test")]
    [InlineData("--kills", "0", "kill-test")]
    [InlineData("--seed", "twelve", "kill-test")]
    [InlineData("--minutes", "-1", "kill-test")]
    [InlineData("--preemptions", "-1", "explore")]
    [InlineData("--seed", "1,000", "trace", "file")]
    [InlineData("--requests", "0", "trace", "file")]
    public void Run_OptionValueNotAllowed_ExitCodeIsTwoAndErrorNamesAllowedValues(string option, string value, params string[] verb)
    {
        _console.Run([.. verb, option, value]).Should().Be(2);
        _console.Error.Trim().Should().StartWith($"{option} is \"{value}\". Allowed: ").And.NotContain("\n");
        _console.Output.Should().NotContain("Usage:", "a page of help would hide the message");
    }

    [Theory]
    [InlineData("compare", "one.json")]
    [InlineData("compare", "a", "b", "--tolerance")]
    [InlineData("baseline", "acept", "a")]
    [InlineData("doctor", "--loud")]
    public void Run_WrongArguments_ExitCodeIsTwo(params string[] arguments)
    {
        _console.Run(arguments).Should().Be(2);
        _console.Error.Should().NotBeEmpty();
    }
}
