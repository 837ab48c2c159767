using FluentAssertions;
using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Planting.Operations;
using PerfTests.SelfTest.Coverage;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.SelfTest.Coverage;

/// <summary>Tests that changed copies of the libraries work, and that the change is in the named operation.</summary>
[Category("SelfTest")]
public sealed class OperationWeaverTests : IDisposable
{
    private const long CyclesPerInvoke = 4096;

    private readonly TemporaryFolder _folder = new();
    private readonly MetricRow _cycle = Catalogue.Row("allocation_throughput", Allocators.Arena);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Instrument_AllocateAndFree_CountsEachCall()
    {
        Requires.SharedMemory(_cycle.Needs.SharedMemoryBytes);
        var unchanged = OperationWeaver.Instrument(LibraryVersion.WorkingTree, Subfolder("unchanged"), []);
        var instrumented = OperationWeaver.Instrument(LibraryVersion.WorkingTree, Subfolder("instrumented"), PublicOperations.Guarded);
        var profile = new RowProfiler(unchanged.Folder, instrumented.Folder, PublicOperations.Guarded).Profile(_cycle);
        profile.Uses[Named("ShmArena.Allocate(Int64)")].CallsPerOperation.Should().Be(1);
        profile.Uses[Named("ShmArena.Free(ShmBlock)")].CallsPerOperation.Should().Be(1);
        profile.Uses.Should().NotContainKey(Named("ShmArena.HandOver(ShmBlock, ArenaMember)"));
    }

    [Fact]
    public void Slow_OneOperation_OnlyItsTimeDependsOnTheLoop()
    {
        Requires.SharedMemory(_cycle.Needs.SharedMemoryBytes);
        var slowed = OperationWeaver.Slow(LibraryVersion.WorkingTree, Subfolder("slowed"), Named("ShmArena.Free(ShmBlock)"), 5);
        using var benchmark = new ProfiledBenchmark(_cycle, slowed.Folder);
        benchmark.OperationsPerInvoke.Should().Be(CyclesPerInvoke);
        var type = benchmark.Copy.Assemblies.Single(assembly => assembly.GetName().Name == "Shm.Arena").GetType(SlowLoop.TypeName);
        type!.GetField(SlowLoop.FieldName)!.GetValue(null).Should().Be(0);
        benchmark.Copy.Assemblies.Single(assembly => assembly.GetName().Name == "Shm.Core").GetType(SlowLoop.TypeName).Should().BeNull();
    }

    [Fact]
    public void Slow_TokenOfAnotherMethod_Throws()
    {
        var wrong = Named("ShmArena.Free(ShmBlock)") with { Token = Named("ShmArena.Claim(ShmBlock)").Token };
        FluentActions.Invoking(() => OperationWeaver.Slow(LibraryVersion.WorkingTree, Subfolder("wrong"), wrong, 5))
            .Should().Throw<ArgumentException>().WithMessage("*is another build than the one that ShmArena.Free(ShmBlock) was found in.");
    }

    private static Operation Named(string name) => PublicOperations.Guarded.Single(operation => operation.Name == name);

    private string Subfolder(string name) => Path.Combine(_folder.Path, name);
}
