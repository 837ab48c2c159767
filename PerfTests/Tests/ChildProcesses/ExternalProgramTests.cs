using FluentAssertions;
using PerfTests.ChildProcesses;
using Xunit;

namespace PerfTests.Tests.ChildProcesses;

[Category("Measurement")]
public sealed class ExternalProgramTests
{
    [Fact]
    public void Run_ProgramFails_ReturnsExitCodeOutputAndErrors()
    {
        var (exitCode, output, all) = ExternalProgram.Run("sh", ["-c", "echo said; echo complained >&2; exit 3"], Path.GetTempPath());
        exitCode.Should().Be(3);
        output.Should().Contain("said").And.NotContain("complained");
        all.Should().Contain("said").And.Contain("complained");
    }
}
