using FluentAssertions;
using PerfTests.ChildProcesses;
using PerfTests.Files;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.Versions;

[Category("Measurement")]
public sealed class SourcePatchTests : IDisposable
{
    private const string Patch = "Says why.\n\n--- a/Library/A.cs\n+++ b/Library/A.cs\n@@ -1,2 +1,2 @@\n-one();\n+two();\n }\n";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Apply_SourceLinesMoved_AppliesThePatch() =>
        Apply("using A;\n{\none();\n}\n").Should().Be("using A;\n{\ntwo();\n}\n");

    [Fact]
    public void Apply_SourceLinesChanged_ThrowsVersionException() =>
        FluentActions.Invoking(() => Apply("{\nonce();\n}\n")).Should().Throw<VersionException>()
            .WithMessage("Cannot apply a.patch*patch does not apply*make the same change again*");

    [Fact]
    public void Apply_CopyInsideRepository_ChangesTheCopy()
    {
        ExternalProgram.Run("git", ["init", "--quiet"], _folder.Path, GitEnvironment.Changes()).ExitCode.Should().Be(0);
        Apply("{\none();\n}\n").Should().Contain("two();");
    }

    [Fact]
    public void Apply_UserLetsGitRefuseWhiteSpace_AppliesThePatch()
    {
        using var variables = new VariableScope(
            ("GIT_CONFIG_COUNT", "2"), ("GIT_CONFIG_KEY_0", "apply.whitespace"), ("GIT_CONFIG_VALUE_0", "error"),
            ("GIT_CONFIG_KEY_1", "core.whitespace"), ("GIT_CONFIG_VALUE_1", "indent-with-non-tab,tabwidth=4"));
        Apply("{\none();\n}\n", Patch.Replace("+two", "+        two", StringComparison.Ordinal)).Should().Contain("        two();");
    }

    public void Dispose() => _folder.Dispose();

    private string Apply(string text, string patchText = Patch)
    {
        var source = Path.Combine(_folder.Path, "source");
        var file = Path.Combine(source, "Library", "A.cs");
        var patch = Path.Combine(_folder.Path, "a.patch");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.WriteAllText(patch, patchText);
        SourcePatch.Apply(patch, source);
        return File.ReadAllText(file);
    }
}
