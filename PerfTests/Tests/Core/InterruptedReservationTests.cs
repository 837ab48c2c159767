using System.Runtime.InteropServices;
using FluentAssertions;
using Shm.Core;
using Shm.Core.Native;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Tests reserving in a thread that gets signals. A signal interrupts fallocate, and the kernel undoes the call's work.</summary>
[Category("Core")]
public sealed partial class InterruptedReservationTests
{
    private const long ByteCount = 256L << 20;
    private const int WindowChange = 28; // SIGWINCH

    /// <summary>Stands for a kernel in which a signal arrives so often that a long call never completes.</summary>
    [Theory]
    [InlineData(SegmentBacking.MaxStepByteCount)]
    [InlineData(5 << 20)]
    [InlineData(SegmentBacking.MinStepByteCount)]
    public void Reserve_LongCallsAreInterrupted_ReservesTheRangeByShorterCalls(long longest)
    {
        (var start, var end, var calls) = (4096L, 4096L, 0);
        var errno = SegmentBacking.Reserve(-1, start, ByteCount + 4096, (_, offset, byteCount) =>
        {
            (++calls).Should().BeLessThan(1_000);
            offset.Should().Be(end);
            end += byteCount > longest ? 0 : byteCount;
            return byteCount > longest ? Errno.Interrupted : 0;
        });
        (errno, end).Should().Be((0, start + ByteCount + 4096));
    }

    [Fact]
    public void Reserve_OneCallInterrupted_LaterCallsReserve64MiBAgain()
    {
        var lengths = new List<long>();
        SegmentBacking.Reserve(-1, 0, ByteCount, (_, _, byteCount) =>
        {
            lengths.Add(byteCount >> 20);
            return lengths.Count == 1 ? Errno.Interrupted : 0;
        });
        lengths.Should().Equal(64, 32, 64, 64, 64, 32);
    }

    [Fact]
    public void Reserve_SignalEveryMillisecond_Completes()
    {
        Requires.SharedMemory(ByteCount);
        using var handler = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, context => context.Cancel = true);
        using var started = new ManualResetEventSlim();
        nint id = 0;
        var reserving = new Thread(() =>
        {
            id = Self();
            started.Set();
            ShmSegment.CreateExclusive(null, ByteCount, new ShmSegmentOptions { Reserve = true }).Dispose();
        });
        reserving.Start();
        started.Wait(TestContext.Current.CancellationToken);
        var deadline = Environment.TickCount64 + 20_000;
        while (!reserving.Join(1) && Environment.TickCount64 < deadline)
        {
            _ = Send(id, WindowChange);
        }

        var isComplete = !reserving.IsAlive;
        reserving.Join();
        isComplete.Should().BeTrue("an interrupted call is repeated with half the length, down to 1 MiB");
    }

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nint Self();

    [LibraryImport("libc", EntryPoint = "pthread_kill")]
    private static partial int Send(nint thread, int signal);
}
