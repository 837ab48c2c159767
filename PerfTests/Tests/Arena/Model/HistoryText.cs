namespace PerfTests.Tests.Arena.Model;

/// <summary>Describes a failing history, reduced to the operations that the failure needs.</summary>
internal static class HistoryText
{
    /// <summary>Describes a failing history.</summary>
    /// <param name="capacityBytes">Capacity of the arena.</param>
    /// <param name="steps">All operations of the history.</param>
    /// <param name="failure">The failure; null if it is unknown.</param>
    internal static string Of(long capacityBytes, Step[] steps, Exception? failure)
    {
        var kept = Shortest(capacityBytes, [.. steps]);
        var repeated = Fails(capacityBytes, kept) ? "" : ", which did not fail when they were repeated";
        return $"{failure?.Message}\nan arena of {capacityBytes} bytes, {kept.Count} of {steps.Length} steps{repeated}:\n"
            + $"{string.Join('\n', kept)}\n{failure}\n";
    }

    /// <summary>Removes all operations that the failure does not need: long runs of operations first, then shorter runs.</summary>
    private static List<Step> Shortest(long capacityBytes, List<Step> steps)
    {
        for (var length = steps.Count / 2; length > 0; length /= 2)
        {
            for (var start = 0; start + length <= steps.Count;)
            {
                List<Step> shorter = [.. steps[..start], .. steps[(start + length)..]];
                if (Fails(capacityBytes, shorter))
                {
                    steps = shorter;
                }
                else
                {
                    start += length;
                }
            }
        }

        return steps;
    }

    private static bool Fails(long capacityBytes, List<Step> steps)
    {
        try
        {
            ArenaModelTests.Run(capacityBytes, steps);
            return false;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return true;
        }
    }
}
