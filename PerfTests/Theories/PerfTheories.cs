using PerfTests.Metrics;
using System.Runtime.CompilerServices;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>Base of the theories: each row is measured or counted, judged, recorded, and then asserted.</summary>
[Category(CategoryName.Perf)]
[Collection(MeasuredRows.Name)]
public abstract class PerfTheories(PerfRun run)
{
    /// <summary>Checks the row of the calling theory that has these arguments.</summary>
    protected void Check(object[] arguments, [CallerMemberName] string theory = "") =>
        RowAssertion.Assert(run.Check(Catalogue.TheoryRow(theory, arguments)));
}
