using Shm.Core;

namespace PerfTests.Machine;

/// <summary>The machine lacks a resource that a measurement needs. The code is not at fault, so the row is skipped.</summary>
/// <param name="reason">Missing resource and its remedy.</param>
internal sealed class CannotMeasureHereException(string reason) : Exception(reason)
{
    /// <summary>
    /// Finds a missing resource among the causes of a benchmark's failure. Exceptions are compared by type name, because a
    /// benchmark may run in another layout copy, which has its own copy of each type.
    /// </summary>
    /// <returns>Exception that describes the missing resource; null if the benchmark failed for another reason.</returns>
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
    /// Tells whether the operating system refused memory. A full arena also reports that it is out of memory, but without an
    /// error number. A full arena counts as a failure of the benchmark, because a defect of the arena may have lost the memory.
    /// The properties are read by reflection, because the exception may come from another layout copy.
    /// </summary>
    private static bool IsOutOfMemory(Exception e) =>
        e.GetType().GetProperty(nameof(ShmException.IsOutOfMemory))?.GetValue(e) is true
        && e.GetType().GetProperty(nameof(ShmException.ErrnoNumber))?.GetValue(e) is not 0;
}
