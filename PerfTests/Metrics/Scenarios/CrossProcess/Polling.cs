namespace PerfTests.Metrics.Scenarios.CrossProcess;

/// <summary>Waits for another process by polling shared memory, because waking a process takes as long as copying a block.</summary>
internal static class Polling
{
    /// <summary>Number of polls between two checks that the other process still runs.</summary>
    private const int PollsPerCheck = 1 << 16;

    /// <summary>Polls until a condition holds or the other process has exited.</summary>
    /// <returns>False if the other process has exited.</returns>
    public static bool Await(Func<bool> holds, Func<bool> hasExited)
    {
        for (var polls = 1; !holds(); polls++)
        {
            if (polls % PollsPerCheck == 0 && hasExited())
            {
                return false;
            }

            Thread.SpinWait(1);
        }

        return true;
    }
}
