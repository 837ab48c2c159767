using System.Runtime.InteropServices;

namespace PerfTests.Exploration.Scheduling;

/// <summary>
/// Turn that one thread gives to another. The thread that waits sleeps in the kernel at once: .NET's semaphores spin first,
/// which takes milliseconds on a machine whose cores are busy.
/// </summary>
internal sealed unsafe partial class Turn : IDisposable
{
    private const int Wait = 0, Wake = 1;

    private readonly int* _word = (int*)NativeMemory.AllocZeroed(sizeof(int));

    private static nint FutexCall { get; } = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 98 : 202;

    /// <summary>Gives the turn to the thread that waits, or that will wait next.</summary>
    internal void Give()
    {
        Volatile.Write(ref *_word, 1);
        _ = SystemCall(FutexCall, _word, Wake, 1, null);
    }

    /// <summary>Waits for the turn and takes it.</summary>
    /// <returns>False if the time is over.</returns>
    internal bool TryTake(TimeSpan patience)
    {
        var deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        var time = stackalloc long[2];
        while (Interlocked.Exchange(ref *_word, 0) == 0)
        {
            var left = deadline - Environment.TickCount64;
            if (left <= 0)
            {
                return false;
            }

            (time[0], time[1]) = (left / 1000, left % 1000 * 1_000_000);
            _ = SystemCall(FutexCall, _word, Wait, 0, time);
        }

        return true;
    }

    public void Dispose() => NativeMemory.Free(_word);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, int* word, int operation, int value, long* time);
}
