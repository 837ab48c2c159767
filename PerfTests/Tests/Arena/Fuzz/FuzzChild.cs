using Shm.Arena;
using Shm.Core;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>
/// Runs cases one after the other in a child process, because a case that fails may crash its process. Each case damages
/// the arena, attaches, runs operations, damages it again, runs operations again, and repairs it.
/// </summary>
internal static unsafe class FuzzChild
{
    internal const string Task = "fuzz";

    /// <summary>Number of cases between two complete repairs. A replay begins at a multiple of this number.</summary>
    internal const long BatchCases = 500;

    private const int BlocksWereWritten = 3;

    internal static int Run(FuzzRun run)
    {
        using var progress = ShmSegment.Open(run.ProgressName, FuzzProgress.ByteCount);
        var counts = (FuzzProgress*)progress.Address;
        using var image = new ArenaImage();
        var address = GuardedRange.Reserve();
        for (var number = run.First; number < run.First + run.Count; number++)
        {
            Volatile.Write(ref counts->Case, number);
            Case(image, address, run.Seed ^ ((ulong)number << 20), counts);
            if ((number + 1) % BatchCases == 0 && !image.RestoreAll())
            {
                return BlocksWereWritten;
            }
        }

        return 0;
    }

    private static void Case(ArenaImage image, nint address, ulong seed, FuzzProgress* counts)
    {
        var random = new FuzzRandom(seed);
        if (random.Next(4) != 0)
        {
            Corruption.Damage(image, ref random);
        }

        try
        {
            using var arena = ArenaFactory.Attach(image.Name, new ShmArenaAttachOptions(), address, long.MaxValue);
            counts->AttachedCount++;
            var operations = new FuzzOperations(arena, image.Handles);
            operations.Run(random.Next(12), ref random);
            Corruption.Damage(image, ref random);
            operations.Run(8, ref random);
            counts->WorkedCount += operations.WorkedCount;
            counts->RefusedCount += operations.RefusedCount;
        }
        catch (Exception refusal) when (refusal is ShmException or ArgumentException)
        {
            counts->NotAttachedCount++;
        }

        image.Restore();
    }
}
