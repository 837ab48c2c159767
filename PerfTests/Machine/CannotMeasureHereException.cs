using Shm.Core;

namespace PerfTests.Machine;

/// <summary>The machine lacks a resource that a measurement needs. The code is not at fault, so the row is skipped.</summary>
/// <param name="reason">Missing resource and its remedy.</param>
internal sealed class CannotMeasureHereException(string reason) : Exception(reason)
{
    /// <summary>
    /// Finds a missing resource among the causes of a benchmark's failure. Exceptions are compared by type name, because a
    /// benchmark may run in another layout copy, where each type exists once more.
    /// </summary>
    /// <returns>An exception of this assembly's type, or null if the benchmark failed for another reason.</returns>
    public static CannotMeasureHereException? FindIn(Exception failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            if (e is CannotMeasureHereException found)
            {
                return found;
            }

            var name = e.GetType().FullName;
            if (name == typeof(CannotMeasureHereException).FullName || (name == typeof(ShmException).FullName && IsOutOfMemory(e)))
            {
                return new CannotMeasureHereException(e.Message);
            }
        }

        return null;
    }

    /// <summary>
    /// Tells whether the system refused memory. An arena without free memory throws too, but without an error number: a defect
    /// of the arena may have lost that memory, so it counts as a failure. Read by reflection, for any layout copy's exception.
    /// </summary>
    private static bool IsOutOfMemory(Exception e) =>
        e.GetType().GetProperty(nameof(ShmException.IsOutOfMemory))?.GetValue(e) is true
        && e.GetType().GetProperty(nameof(ShmException.ErrnoNumber))?.GetValue(e) is not 0;
}
