using System.Globalization;
using System.Runtime.InteropServices;

namespace Shm.Core;

/// <summary>
/// Signals that this process was started to ignore (nohup, the background of a shell). They do not end it, and so
/// they must not take its segments' names away.
/// </summary>
internal static class IgnoredSignals
{
    private const string Field = "SigIgn:";
    private static readonly ulong s_mask = Read();

    internal static bool Holds(PosixSignal signal) => (s_mask >> (NumberOf(signal) - 1) & 1) == 1;

    private static int NumberOf(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        PosixSignal.SIGTERM => 15,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "Not a signal that ends a process on request."),
    };

    /// <summary>Bit n - 1 is signal n; none where /proc can't be read.</summary>
    private static ulong Read()
    {
        try
        {
            string? line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal));
            return ulong.TryParse(line.AsSpan(Math.Min(Field.Length, line?.Length ?? 0)).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong mask) ? mask : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
