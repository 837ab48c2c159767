using FluentAssertions;
using PerfTests.Files;
using PerfTests.Planting;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.SelfTest;

[Category("SelfTest")]
public sealed class PlantedSourceTests
{
    private const string Source = "class C\n{\n    int Both(int a)\n    {\n        return a;\n    }\n    int Short(int a) => a;\n}\n";

    public static TheoryData<string> Methods => [.. PlantedSources.Edits.Select(edit => $"{edit.File}: {edit.Method}")];

    /// <summary>What is planted into the sources must follow them; this fails where they have moved on.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void WhatIsPlantedFitsTheSources(string method)
    {
        var edit = PlantedSources.Edits.Single(edit => $"{edit.File}: {edit.Method}" == method);
        var path = ProjectRoot.Resolve(edit.File);
        Assert.SkipUnless(File.Exists(path), "the tests were taken away from their sources");
        edit.Apply(File.ReadAllText(path)).Should().Contain(edit.Statement);
    }

    [Fact]
    public void AStatementGoesToTheStartOfTheMethod() =>
        new SourceEdit("C.cs", "int Both(", "a++;").Apply(Source).Should().Contain("int Both(int a)\n    { a++;\n        return a;");

    [Theory]
    [InlineData("int None(", "*C.cs has \"int None(\" nowhere*Mend the edit*")]
    [InlineData("int a", "*more than once*")]
    [InlineData("int Short(", "*no block for a body*")]
    public void AnEditThatDoesNotFitSaysWhy(string method, string message) =>
        FluentActions.Invoking(() => new SourceEdit("C.cs", method, "a++;").Apply(Source)).Should().Throw<VersionException>().WithMessage(message);
}
