using System.Runtime.CompilerServices;
using PerfTests.Metrics;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Theories;

/// <summary>
/// Base class of the theories. Each row is measured or counted, judged and recorded; then its test asserts on the verdict.
/// </summary>
[Category(CategoryName.Perf)]
[Collection(MeasuredRows.Name)]
public abstract class PerfTheories(PerfRun run)
{
    /// <summary>Checks one row of the calling theory: the row with the given arguments.</summary>
    protected void Check(object[] arguments, [CallerMemberName] string theory = "") =>
        RowAssertion.Assert(run.Check(Catalogue.TheoryRow(theory, arguments)));
}
