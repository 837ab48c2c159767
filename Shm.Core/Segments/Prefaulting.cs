namespace Shm.Core;

/// <summary>
/// Maps the pages of a long range by several threads. The kernel clears each new page, which takes most of the time, and does
/// so in the thread that asks for the page.
/// </summary>
internal static class Prefaulting
{
    /// <summary>Largest number of threads. With more, the memory bandwidth and the locks of the file system limit the speed.</summary>
    internal const int MaxThreads = 8;

    /// <summary>
    /// Number of bytes that a thread maps at once: 8 MiB. Mapping them takes 1 ms or more, much longer than starting a thread, and
    /// the number is a multiple of the size of a huge page of 2 MiB.
    /// </summary>
    internal const long StepByteCount = 8L << 20;

    /// <summary>Throws if the options of prefaulting contradict each other.</summary>
    internal static void Validate(bool prefault, bool inBackground, int threads, string name)
    {
        Validate(threads, name);
        if (prefault && inBackground)
        {
            throw new ArgumentException("Prefault and PrefaultInBackground are both true. Set only one of them.", name);
        }
    }

    /// <summary>Throws if the value of an option is not a number of threads.</summary>
    /// <param name="threads">Value of the option.</param>
    /// <param name="name">Name of the option.</param>
    internal static void Validate(int threads, string name)
    {
        if (threads is < 0 or > MaxThreads)
        {
            throw new ArgumentOutOfRangeException(name, threads,
                $"The number of prefaulting threads must be 1 to {MaxThreads}, or 0 for the default.");
        }
    }

    /// <summary>Maps the pages of a range. Kernels before Linux 5.14 return EINVAL.</summary>
    /// <param name="address">Address of the range, a multiple of the page size.</param>
    /// <param name="byteCount">Length of the range in bytes.</param>
    /// <param name="readOnly">True if the range is mapped read-only.</param>
    /// <param name="threads">
    /// Number of threads; 0 means one for each processor that this process may use, at most <see cref="MaxThreads"/>.
    /// </param>
    /// <returns>0, or an error number.</returns>
    internal static int Populate(nint address, long byteCount, bool readOnly, int threads)
    {
        var stepCount = (byteCount + StepByteCount - 1) / StepByteCount;
        var most = threads != 0 ? threads : Math.Min(MaxThreads, Environment.ProcessorCount);
        if (Math.Min(most, stepCount) <= 1)
        {
            return SegmentBacking.Populate(address, byteCount, readOnly);
        }

        var first = 0;
        Parallel.For(0L, stepCount, new ParallelOptions { MaxDegreeOfParallelism = most }, (step, loop) =>
        {
            var offset = step * StepByteCount;
            var errno = SegmentBacking.Populate(address + (nint)offset, Math.Min(StepByteCount, byteCount - offset), readOnly);
            if (errno != 0)
            {
                Interlocked.CompareExchange(ref first, errno, 0);
                loop.Stop();
            }
        });
        return first;
    }
}
