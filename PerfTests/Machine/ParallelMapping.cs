using System.Diagnostics;
using System.Globalization;
using Shm.Core;
using Shm.Core.Native;

namespace PerfTests.Machine;

/// <summary>
/// Measures how many times as fast two threads map new pages of shared memory as one thread, by system calls alone. The host of a
/// virtual machine may map the pages of all its processors one after the other, and no load average shows this.
/// </summary>
internal static class ParallelMapping
{
    /// <summary>
    /// Ratio from which on the machine counts as able to map pages in parallel. Two processors that do nothing else reach 1.7 or more.
    /// </summary>
    private const double MinSpeedUp = 1.2;

    private const int Rounds = 9;
    private const int ByteCount = 64 << 20;

    /// <summary>
    /// Returns the reason why no code can map pages in parallel on this machine now, or why this cannot be told; null if code can.
    /// </summary>
    public static string? WhyNotParallel()
    {
        try
        {
            return WhyNotParallel(MeasureSpeedUp());
        }
        catch (CannotMeasureHereException e)
        {
            return e.Message;
        }
    }

    /// <inheritdoc cref="WhyNotParallel()"/>
    internal static string? WhyNotParallel(double speedUp) => speedUp >= MinSpeedUp ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"two threads map pages only {Math.Floor(speedUp * 100) / 100:0.00} times as fast as one on this machine now, measured with "
        + $"system calls alone; the row needs {MinSpeedUp:0.0}; end other programs and other virtual machines, or run again later");

    /// <summary>Returns the reason why the kernel cannot map a page on request; null if it can.</summary>
    public static string? WhyNotMappable()
    {
        var byteCount = Environment.SystemPageSize;
        var mapping = Map(byteCount);
        try
        {
            return WhyRefused(Populate(mapping, byteCount), byteCount);
        }
        finally
        {
            SegmentCalls.Unmap(mapping, byteCount);
        }
    }

    /// <summary>Returns the ratio of the shortest time of one thread to that of two threads.</summary>
    private static double MeasureSpeedUp()
    {
        var (one, two) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            one = Shorter(one, Time(threads: 1));
            two = Shorter(two, Time(threads: 2));
        }

        return one / two;
    }

    private static TimeSpan Shorter(TimeSpan first, TimeSpan second) => first < second ? first : second;

    /// <summary>Returns how long one thread, or two threads with equal shares, take to map new pages.</summary>
    private static TimeSpan Time(int threads)
    {
        var mapping = Map(ByteCount);
        try
        {
            var share = ByteCount / threads;
            var started = Stopwatch.GetTimestamp();
            var ofOther = 0;
            var other = new Thread(() => ofOther = Populate(mapping + share, ByteCount - share));
            other.Start();
            var ofThis = Populate(mapping, share);
            other.Join();
            var elapsed = Stopwatch.GetElapsedTime(started);
            var errno = ofThis != 0 ? ofThis : ofOther;
            return WhyRefused(errno, ByteCount) is { } reason ? throw new CannotMeasureHereException(reason) : elapsed;
        }
        finally
        {
            SegmentCalls.Unmap(mapping, ByteCount);
        }
    }

    /// <summary>Returns the reason why the kernel refused to map pages, or null if it did not.</summary>
    /// <param name="errno">Error number, or 0.</param>
    /// <param name="byteCount">Number of bytes to map.</param>
    internal static string? WhyRefused(int errno, int byteCount) => errno switch
    {
        0 => null,
        Errno.Invalid => "madvise cannot map pages here (EINVAL); Linux 5.14 or later can",
        _ => FormattableString.Invariant(
            $"madvise could not map {byteCount >> 10:N0} KiB ({Errno.NameOf(errno)}); free memory and run again"),
    };

    /// <summary>Maps new memory without pages.</summary>
    /// <exception cref="CannotMeasureHereException">The kernel refuses.</exception>
    private static nint Map(int byteCount)
    {
        var mapping = LibC.Map(0, (nuint)byteCount, LibC.ProtectRead | LibC.ProtectWrite, LibC.MapShared | LibC.MapAnonymous, -1, 0);
        return mapping != LibC.MapFailed ? mapping : throw new CannotMeasureHereException(FormattableString.Invariant(
            $"mmap of {byteCount >> 10:N0} KiB failed; raise the address-space limit (ulimit -v)"));
    }

    /// <summary>Maps pages.</summary>
    /// <returns>Error number, or 0.</returns>
    private static int Populate(nint address, int byteCount)
    {
        while (LibC.Advise(address, (nuint)byteCount, LibC.AdvisePopulateWrite) != 0)
        {
            if (SegmentCalls.LastError is not Errno.Interrupted and var errno)
            {
                return errno;
            }
        }

        return 0;
    }
}
