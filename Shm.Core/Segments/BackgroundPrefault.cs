using Shm.Core.Native;

namespace Shm.Core;

/// <summary>
/// Maps the pages of a segment or an arena in background threads, while the program already uses the memory. The threads map
/// the pages in the order of their addresses. An access to a page that is not mapped yet causes a page fault, as without
/// prefaulting.
/// </summary>
/// <remarks>
/// The background threads never throw, never raise SIGBUS and do not keep the process alive. Disposing the segment or arena stops
/// them, and waits until each has finished its step of 2 MiB. Any thread may call any member, also after the segment or arena is
/// disposed.
/// </remarks>
public sealed class BackgroundPrefault
{
    /// <summary>
    /// Number of bytes that a thread maps at once: 2 MiB, the size of a huge page. The kernel holds a lock on the address space
    /// meanwhile, and another thread that calls mmap or munmap waits for the lock, at most for a step.
    /// </summary>
    internal const long StepByteCount = 2L << 20;

    private readonly (nint Address, long ByteCount)[] _ranges;
    private readonly bool _readOnly;
    private readonly string _label;
    private readonly string? _directory;
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _processId = LibC.ProcessId();
    private readonly Thread[] _threads;
    private int _runningCount;
    private long _takenSteps, _mappedByteCount;
    private volatile int _errno;
    private volatile bool _isStopped;

    private BackgroundPrefault((nint Address, long ByteCount)[] ranges, bool readOnly, int threads, string label, string? directory)
    {
        (_ranges, _readOnly, _label, _directory) = (ranges, readOnly, label, directory);
        ByteCount = ranges.Sum(range => range.ByteCount);
        var most = threads != 0 ? threads : Math.Clamp(Environment.ProcessorCount - 1, 1, Prefaulting.MaxThreads);
        _threads = new Thread[Math.Min(most, ranges.Sum(range => StepsOf(range.ByteCount)))];
        _runningCount = _threads.Length;
    }

    /// <summary>Number of bytes to map. For an arena, these are the data and the metadata that is backed.</summary>
    public long ByteCount { get; }

    /// <summary>Number of bytes that are mapped by now.</summary>
    public long MappedByteCount => Volatile.Read(ref _mappedByteCount);

    /// <summary>State of the work.</summary>
    public BackgroundPrefaultState State =>
        Volatile.Read(ref _runningCount) != 0 ? BackgroundPrefaultState.Running
        : _errno != 0 ? BackgroundPrefaultState.Failed
        : MappedByteCount == ByteCount ? BackgroundPrefaultState.Done
        : BackgroundPrefaultState.Stopped;

    /// <summary>
    /// Reason why the kernel refused to map a page; null unless <see cref="State"/> is Failed. The usual reasons are that the file
    /// system is full (ENOSPC), which a segment or arena with reserved pages does not meet, and a kernel before Linux 5.14
    /// (EOPNOTSUPP).
    /// </summary>
    public ShmException? Failure => State != BackgroundPrefaultState.Failed ? null
        : _threads[0] is null ? ShmException.ForErrno("clone", _label, _errno, _directory, "Allow more threads (ulimit -u, pids.max).")
        : ShmException.ForErrno("madvise", _label, _errno, _directory);

    /// <summary>Waits until no page is being mapped any more. See <see cref="State"/> for the outcome.</summary>
    /// <param name="timeout">Longest time to wait; <see cref="Timeout.InfiniteTimeSpan"/> waits without limit.</param>
    /// <returns>False if the time has passed and pages are still being mapped.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="timeout"/> is negative but not infinite, or is longer than <see cref="int.MaxValue"/> milliseconds.
    /// </exception>
    public bool Wait(TimeSpan timeout) => _end.Task.Wait(timeout);

    /// <summary>Starts to map ranges.</summary>
    /// <param name="ranges">Address, a multiple of the page size, and length of each range.</param>
    /// <param name="readOnly">True if the ranges are mapped read-only.</param>
    /// <param name="threads">Number of threads, 1 to 8; 0 means one less than there are processors, at least 1 and at most 8.</param>
    /// <param name="label">Name or path of the segment, for messages.</param>
    /// <param name="directory">Directory of the segment; null means /dev/shm.</param>
    /// <param name="startThread">Starts a thread; null for the usual start. Tests pass a start that fails.</param>
    /// <remarks>If this method throws, no thread accesses the ranges any more.</remarks>
    internal static BackgroundPrefault Start(
        (nint Address, long ByteCount)[] ranges, bool readOnly, int threads, string label, string? directory,
        Action<Thread>? startThread = null)
    {
        var prefault = new BackgroundPrefault(ranges, readOnly, threads, label, directory);
        try
        {
            prefault.StartThreads(startThread ?? (thread => thread.UnsafeStart()));
        }
        catch
        {
            prefault.Stop();
            throw;
        }

        return prefault;
    }

    /// <summary>Stops the work, and waits until no thread accesses the ranges any more, so that they can be unmapped.</summary>
    internal void Stop()
    {
        _isStopped = true;

        // A process that was forked from this one has no background threads, and would wait forever.
        if (LibC.ProcessId() == _processId)
        {
            var isInterrupted = false;
            foreach (var thread in _threads)
            {
                while (thread?.IsAlive == true)
                {
                    try
                    {
                        thread.Join();
                    }
                    catch (ThreadInterruptedException)
                    {
                        // The ranges must not be unmapped before the threads have ended.
                        isInterrupted = true;
                    }
                }
            }

            if (isInterrupted)
            {
                Thread.CurrentThread.Interrupt();
            }
        }
    }

    private static long StepsOf(long byteCount) => (byteCount + StepByteCount - 1) / StepByteCount;

    private void StartThreads(Action<Thread> startThread)
    {
        for (var index = 0; index < _threads.Length; index++)
        {
            var thread = new Thread(MapSteps) { IsBackground = true, Name = "shm-prefault" };
            try
            {
                startThread(thread);
                _threads[index] = thread;
            }
            catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
            {
                // The system has no further thread. The threads that were started map everything.
                if (index == 0)
                {
                    _errno = Errno.TryAgain;
                }

                Leave(_threads.Length - index);
                return;
            }
        }
    }

    private void MapSteps()
    {
        while (!_isStopped && _errno == 0 && TryTakeStep(out var address, out var byteCount))
        {
            var errno = SegmentBacking.Populate(address, byteCount, _readOnly);
            if (errno == 0)
            {
                Interlocked.Add(ref _mappedByteCount, byteCount);
            }
            else
            {
                // Kernels before Linux 5.14 do not know the advice. Accessing each page instead could raise SIGBUS.
                _errno = errno == Errno.Invalid ? Errno.NotSupported : errno;
            }
        }

        Leave(1);
    }

    private bool TryTakeStep(out nint address, out long byteCount)
    {
        var step = Interlocked.Increment(ref _takenSteps) - 1;
        foreach (var range in _ranges)
        {
            var steps = StepsOf(range.ByteCount);
            if (step < steps)
            {
                var offset = step * StepByteCount;
                (address, byteCount) = (range.Address + (nint)offset, Math.Min(StepByteCount, range.ByteCount - offset));
                return true;
            }

            step -= steps;
        }

        (address, byteCount) = (0, 0);
        return false;
    }

    private void Leave(int count)
    {
        if (Interlocked.Add(ref _runningCount, -count) == 0)
        {
            _end.SetResult();
        }
    }
}
