using FluentAssertions;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>
/// Tests that removing stale segments keeps what a process of any namespace uses, and removes what no process uses, whatever
/// its name.
/// </summary>
[Category("Core")]
public sealed class LivingSegmentTests
{
    /// <summary>Script that runs the child process, so that the program before the script can set up the child's namespaces.</summary>
    private const string RunChild = "exec \"$0\" \"$@\"";

    private readonly string _name = SegmentName.Generate() + ".given";

    public LivingSegmentTests() => Requires.SharedMemory(16 * Requires.FewPages);

    private string[] GivenNames => [.. SegmentChildTask.NamedKinds.Select(kind => $"{_name}.{kind}")];

    public static TheoryData<string> Cleaners => ["", "unshare --time --boottime 100000 --fork", "unshare --pid --fork"];

    [Theory]
    [MemberData(nameof(Cleaners))]
    public void Remove_ByProcessOfAnyNamespace_KeepsSegmentsInUse(string cleaner)
    {
        using var generated = ShmSegment.CreateExclusive(100);
        using var given = ShmSegment.CreateExclusive(_name, 100);
        using var withOptions = ShmSegment.CreateExclusive(_name + ".options", 100, new ShmSegmentOptions());
        using var arena = ShmArena.Create(new ShmArenaOptions { CapacityBytes = ShmArenaOptions.MinCapacityBytes });
        var output = RunCleaner(cleaner.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach (var name in new[] { generated.Name, given.Name, withOptions.Name, arena.Name })
        {
            output.Should().NotContain(name);
            File.Exists("/dev/shm/" + name).Should().BeTrue();
        }
    }

    [Fact]
    public void Remove_ProcShowsOtherProcessUnderOwnersId_KeepsSegmentsInUse()
    {
        // Process 1 of the new namespace is the owner. /proc still shows process 1 of this namespace.
        using var owner = SegmentChild.Start(SegmentChildTask.Hold, RunChild, "unshare", "--pid", "--fork");
        var announced = owner.WaitUntilReady();
        Assert.SkipWhen(announced is null, "needs permission to create a process-id namespace");
        var held = SegmentDescriptor.Read(Convert.FromBase64String(announced!), out _);
        SegmentName.TryParseOwner(held.Name, out var parsed).Should().BeTrue();
        parsed.ProcessId.Should().Be(1);
        var output = RunCleaner("nsenter", $"--pid=/proc/{owner.Process.Id}/ns/pid_for_children");
        output.Should().NotContain(held.Name);
        File.Exists("/dev/shm/" + held.Name).Should().BeTrue();
        owner.KillTree();
        SegmentChild.RemoveLeftovers(held.Name[..(held.Name.LastIndexOf('_') + 1)]).Should().BeTrue();
    }

    [Fact]
    public void Remove_OwnerKilledWhileOthersUseItsSegments_KeepsThemUntilTheOthersEnd()
    {
        using var owner = SegmentChild.Start(SegmentChildTask.HoldNamed + _name);
        owner.WaitUntilReady().Should().NotBeNull();
        var names = GivenNames;
        using (var peer = ShmSegment.Open(names[0], 100))
        using (var elsewhere = ShmSegment.Open(names[1], 100))
        using (ShmArena.Attach(names[2]))
        {
            owner.Process.Kill();
            owner.Process.WaitForExit();
            Stale().Should().BeEmpty();
            StaleSegments.Remove().Should().NotContain(segment => names.Contains(segment.Name));
        }

        Stale().Should().HaveCount(names.Length);
        StaleSegments.Remove().Select(segment => segment.Name).Should().Contain(names);
    }

    [Fact]
    public void Create_OverSegmentOfKilledOwner_ErrorNamesRemedy()
    {
        using var owner = SegmentChild.Start(SegmentChildTask.HoldNamed + _name);
        owner.WaitUntilReady().Should().NotBeNull();
        foreach (var name in GivenNames)
        {
            Refusal(name).Should().EndWith("Choose another name: a process uses the segment of this name.");
        }

        owner.Process.Kill();
        owner.Process.WaitForExit();
        foreach (var name in GivenNames)
        {
            Refusal(name).Should().EndWith("No process uses the segment of this name: its owner was killed. "
                + "Remove it with StaleSegments.Remove, or choose another name.");
        }

        Stale().Should().HaveCount(GivenNames.Length).And.OnlyContain(segment => segment.Owner == null && segment.OwnerProcessId == null);
        StaleSegments.Remove();
        using var successor = ShmSegment.CreateExclusive(GivenNames[0], 100);
        using var arena = ShmArena.Create(Arena(GivenNames[2]));
    }

    [Fact]
    public void Remove_FileOfAnotherProgram_KeepsIt()
    {
        var path = "/dev/shm/" + _name;
        File.WriteAllText(path, "other");
        try
        {
            StaleSegments.Remove();
            File.Exists(path).Should().BeTrue();
            Refusal(_name).Should().EndWith("Choose another name, or remove the segment if its owner has exited.");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ShmArenaOptions Arena(string name) => new() { Name = name, CapacityBytes = ShmArenaOptions.MinCapacityBytes };

    /// <summary>Returns the output of a process that removes stale segments, or skips the calling test.</summary>
    private static string RunCleaner(params string[] shell)
    {
        using var cleaner = SegmentChild.Start(SegmentChildTask.Clean, RunChild, shell);
        var output = cleaner.WaitForEnd();
        Assert.SkipWhen(output.Contains("Operation not permitted", StringComparison.Ordinal)
            || output.Contains("unrecognized option", StringComparison.Ordinal), $"needs permission to change namespaces: {output}");
        cleaner.Process.ExitCode.Should().Be(0, output);
        output.Should().Contain("cleaned");
        return output;
    }

    private static string Refusal(string name)
    {
        var creations = new Func<IDisposable>[]
        {
            () => ShmSegment.CreateExclusive(name, 100),
            () => ShmSegment.CreateExclusive(name, 100, new ShmSegmentOptions()),
            () => ShmArena.Create(Arena(name)),
        };
        return creations.Select(create => FluentActions.Invoking(create).Should().Throw<ShmException>()
            .Which.Should().Match<ShmException>(failure => failure.ErrnoName == "EEXIST").And.Subject.As<ShmException>().Message)
            .Distinct().Should().ContainSingle().Which;
    }

    private StaleSegment[] Stale() => [.. StaleSegments.List().Where(segment => GivenNames.Contains(segment.Name))];
}
