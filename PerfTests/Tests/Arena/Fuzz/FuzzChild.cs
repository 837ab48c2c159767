using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>
/// Runs cases one after the other in a process of its own, because a case that fails may kill it. In each the arena is
/// damaged, attached, used, damaged again, used, and made whole.
/// </summary>
internal static unsafe class FuzzChild
{
    internal const string Task = "fuzz";

    /// <summary>Everything is made whole, and data is looked at, that often: a replay begins at a multiple of it.</summary>
    internal const long BatchCases = 500;

    private const int BlocksWereWritten = 3;

    internal static int Run(FuzzRun run)
    {
        using ShmSegment progress = ShmSegment.Open(run.ProgressName, FuzzProgress.ByteCount);
        FuzzProgress* said = (FuzzProgress*)progress.Address;
        using var image = new ArenaImage();
        nint place = GuardedRange.Reserve();
        for (long number = run.First; number < run.First + run.Count; number++)
        {
            Volatile.Write(ref said->Case, number);
            Case(image, place, run.Seed ^ ((ulong)number << 20), said);
            if ((number + 1) % BatchCases == 0 && !image.RestoreAll())
            {
                return BlocksWereWritten;
            }
        }

        return 0;
    }

    private static void Case(ArenaImage image, nint place, ulong seed, FuzzProgress* said)
    {
        var random = new FuzzRandom(seed);
        if (random.Next(4) != 0)
        {
            Corruption.Damage(image, ref random);
        }

        try
        {
            using var arena = ShmArena.Attach(image.Name, new ShmArenaAttachOptions(), place, long.MaxValue);
            said->AttachedCount++;
            var operations = new FuzzOperations(arena, image.Handles);
            operations.Run(random.Next(12), ref random);
            Corruption.Damage(image, ref random);
            operations.Run(8, ref random);
            said->WorkedCount += operations.WorkedCount;
            said->RefusedCount += operations.RefusedCount;
        }
        catch (Exception refusal) when (refusal is ShmException or ArgumentException)
        {
            said->NotAttachedCount++;
        }

        image.Restore();
    }
}
