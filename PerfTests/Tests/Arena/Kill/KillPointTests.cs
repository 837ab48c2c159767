using FluentAssertions;
using PerfTests.KillTest.Driving;
using PerfTests.KillTest.Instrumented;
using Shm.Arena;
using Xunit;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>Tests that only the instrumented build contains kill points, the calls that mark crash windows.</summary>
[Category("Kill")]
[Collection(nameof(SharedBuild))]
public sealed class KillPointTests(InstrumentedLibraries libraries)
{
    [Fact]
    public void Build_WithoutKillPoints_ContainsNoKillPointCall() =>
        KillPointCalls.MethodsIn(typeof(ShmArena).Assembly.Location)
            .Should().BeEmpty("kill points must cost nothing in the shipped library");

    [Fact]
    public void Build_WithKillPoints_CallsEachMethodThatShippedLibrariesLack() =>
        KillPointCalls.MethodsIn(Path.Combine(libraries.Folder, Path.GetFileName(typeof(ShmArena).Assembly.Location)))
            .Should().Contain([nameof(KillPoint.Hit), nameof(KillPoint.Step), nameof(KillPoint.Await)]);

    [Fact]
    public void Build_WithKillPoints_MarksEachCrashWindowOnce()
    {
        var assembly = Path.Combine(libraries.Folder, Path.GetFileName(typeof(ShmArena).Assembly.Location));
        KillPointCalls.In(assembly).Should().BeEquivalentTo(KillTriggers.Windows);
    }
}
