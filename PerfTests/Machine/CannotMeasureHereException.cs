using Shm.Core;

namespace PerfTests.Machine;

/// <summary>This machine lacks what a measurement takes, which says nothing about the code: the row is skipped.</summary>
/// <param name="reason">What is missing, and what would help.</param>
internal sealed class CannotMeasureHereException(string reason) : Exception(reason)
{
    /// <summary>
    /// Finds a lack of the machine in what a benchmark threw. A benchmark may run in another copy of the code, whose
    /// exceptions are other types of the same name.
    /// </summary>
    /// <returns>The exception of this copy of the code, or null where the failure is the code's own.</returns>
    public static CannotMeasureHereException? FindIn(Exception failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            if (e is CannotMeasureHereException own)
            {
                return own;
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
    /// Reads the properties of whichever copy of the library threw. Only the system's refusal is the machine's: an arena
    /// without room has no error number, and may have lost it by a fault of the code.
    /// </summary>
    private static bool IsOutOfMemory(Exception e) =>
        e.GetType().GetProperty(nameof(ShmException.IsOutOfMemory))?.GetValue(e) is true
        && e.GetType().GetProperty(nameof(ShmException.ErrnoNumber))?.GetValue(e) is not 0;
}
