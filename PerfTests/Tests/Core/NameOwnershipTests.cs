using FluentAssertions;
using PerfTests.Files;
using Shm.Arena;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Tests that an object removes its name only while the name refers to the object's own file.</summary>
[Category("Core")]
public sealed class NameOwnershipTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NameOwnershipTests() => Requires.SharedMemory(Requires.FewPages);

    public static TheoryData<string> Kinds => ["generated name", "given name", "with options", "other directory", "arena"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Dispose_NameTakenByAnotherFile_KeepsTheOtherFile(string kind)
    {
        var (owner, path) = Create(kind);
        File.Exists(path).Should().BeTrue();
        File.Delete(path);
        File.WriteAllText(path, "successor");
        owner.Dispose();
        File.Exists(path).Should().BeTrue("the name belongs to the successor now");
        File.Delete(path);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Dispose_NameStillRefersToTheObject_RemovesTheName(string kind)
    {
        var (owner, path) = Create(kind);
        File.Exists(path).Should().BeTrue();
        owner.Dispose();
        File.Exists(path).Should().BeFalse();
    }

    [Fact]
    public void Dispose_NameRemovedBeforeItWasRead_KeepsTheSuccessor()
    {
        var before = Directory.GetFiles("/dev/shm");
        using var owner = ShmSegment.CreateExclusive(100);
        var path = Directory.GetFiles("/dev/shm", $"mooncake_{Environment.ProcessId}_*").Except(before).Should().ContainSingle().Which;
        File.Delete(path);
        ("/dev/shm/" + owner.Name).Should().Be(path);
        File.WriteAllText(path, "successor");
        owner.Dispose();
        File.Exists(path).Should().BeTrue();
        File.Delete(path);
    }

    [Fact]
    public void Exit_NameTakenByAnotherFile_KeepsTheOtherFile()
    {
        using var child = SegmentChild.Start(SegmentChildTask.Hold);
        var held = SegmentDescriptor.Read(Convert.FromBase64String(child.WaitUntilReady()!), out _);
        var path = "/dev/shm/" + held.Name;
        File.Delete(path);
        File.WriteAllText(path, "successor");
        child.Signal("TERM");
        var output = child.WaitForEnd();
        child.Names.Should().Equal([path], output);
        File.Delete(path);
    }

    [Fact]
    public void OpenAgain_NameTakenByAnotherFile_Throws()
    {
        // Creating and attaching an arena open the file of the mapped segment a second time, by its name.
        var name = SegmentName.Generate();
        using var segment = ShmSegment.CreateExclusive(name, 100);
        ArenaFile.Open(segment).Dispose();
        File.Delete("/dev/shm/" + name);
        using var successor = ShmSegment.CreateExclusive(name, 100);
        FluentActions.Invoking(() => ArenaFile.Open(segment)).Should().Throw<ShmException>()
            .WithMessage($"open(/dev/shm/{name}) failed: another object of the same name has replaced this one meanwhile. Try again.");
    }

    private (IDisposable Owner, string Path) Create(string kind)
    {
        var name = SegmentName.Generate();
        switch (kind)
        {
            case "generated name":
                var generated = ShmSegment.CreateExclusive(100);
                return (generated, "/dev/shm/" + generated.Name);
            case "given name":
                return (ShmSegment.CreateExclusive(name, 100), "/dev/shm/" + name);
            case "with options":
                return (ShmSegment.CreateExclusive(name, 100, new ShmSegmentOptions()), "/dev/shm/" + name);
            case "other directory":
                var elsewhere = new ShmSegmentOptions { Directory = _folder.Path };
                return (ShmSegment.CreateExclusive(name, 100, elsewhere), Path.Combine(_folder.Path, name));
            default:
                var options = new ShmArenaOptions { Name = name, CapacityBytes = ShmArenaOptions.MinCapacityBytes };
                return (ShmArena.Create(options), "/dev/shm/" + name);
        }
    }
}
