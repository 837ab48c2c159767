using FluentAssertions;
using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Planting.Operations;
using PerfTests.SelfTest.Coverage;
using PerfTests.Versions;
using Xunit;

namespace PerfTests.Tests.SelfTest.Coverage;

/// <summary>Tests that each public operation is called by a row, by counting the calls.</summary>
[Category("SelfTest")]
public sealed class OperationCallsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Profile_AllRows_CallEachOperationThatIsNotExempt()
    {
        Requires.SharedMemory(Catalogue.Rows.Max(row => row.NeedsOf(1).SharedMemoryBytes));
        var version = LibraryVersion.WorkingTree;
        var unchanged = OperationWeaver.Instrument(version, Path.Combine(_folder.Path, "unchanged"), []);
        var instrumented = OperationWeaver.Instrument(version, Path.Combine(_folder.Path, "instrumented"), PublicOperations.Guarded);
        var profiler = new RowProfiler(unchanged.Folder, instrumented.Folder, PublicOperations.Guarded);
        var unmeasured = new List<string>();
        var called = new HashSet<Operation>();
        foreach (var row in Catalogue.Rows)
        {
            try
            {
                called.UnionWith(profiler.Profile(row).Uses.Keys);
            }
            catch (CannotMeasureHereException e)
            {
                unmeasured.Add($"{row.Label}: {e.Message}");
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', unmeasured));
        string.Join("; ", PublicOperations.Guarded.Except(called).Select(operation => operation.Name)).Should().BeEmpty(
            "a slowdown of an operation that no row calls stays unseen; add a row, or a reason to ExemptOperations");
    }
}
