using PerfTests.Tests.Core;
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

    private const int BlocksWereWritten = 3, MaxFreePages = 40;

    internal static int Run(FuzzRun run)
    {
        // A damaged supply lock looks as if this process held it. Each operation of the case then waits for its full patience.
        SupplyLock.Patience = TimeSpan.FromSeconds(1);
        using var progress = ShmSegment.Open(run.ProgressName, FuzzProgress.ByteCount);
        var counts = (FuzzProgress*)progress.Address;
        using var image = new ArenaImage(run.Place, run.Directory);
        using var filler = run.Place == FuzzPlace.FullFileSystem ? new Filler(run.Directory) : null;
        var address = GuardedRange.Reserve();
        for (var number = run.First; number < run.First + run.Count; number++)
        {
            Volatile.Write(ref counts->Case, number);
            var before = Environment.CpuUsage.TotalTime;
            Case(image, filler, address, run, run.Seed ^ ((ulong)number << 20), counts);
            counts->MaxMilliseconds = Math.Max(
                counts->MaxMilliseconds, (long)(Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
            if ((number + 1) % BatchCases == 0 && !image.RestoreAll())
            {
                return BlocksWereWritten;
            }
        }

        return 0;
    }

    private static void Case(ArenaImage image, Filler? filler, nint address, FuzzRun run, ulong seed, FuzzProgress* counts)
    {
        var random = new FuzzRandom(seed);
        if (random.Next(4) != 0)
        {
            Corruption.Damage(image, ref random);
        }

        // In one of four cases the file system is not full yet, and becomes full while pages are allocated.
        var isFull = random.Next(4) != 0;
        if (!isFull)
        {
            filler?.Free(1 + random.Next(MaxFreePages));
        }

        try
        {
            var options = new ShmArenaAttachOptions { Directory = run.Directory };
            using var arena = ArenaFactory.Attach(image.Name, options, address, long.MaxValue);
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

        counts->MaxGrownBytes = Math.Max(counts->MaxGrownBytes, image.GrownBytes);
        image.Restore();
        if (!isFull)
        {
            filler?.Fill();
        }
    }
}
