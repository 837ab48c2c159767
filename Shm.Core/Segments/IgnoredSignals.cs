using System.Globalization;
using System.Runtime.InteropServices;

namespace Shm.Core;

/// <summary>
/// Signals that this process has ignored since its start, as under nohup or in the background of a shell. An ignored signal
/// does not end the process, so it must not remove the names of the process's segments.
/// </summary>
internal static class IgnoredSignals
{
    private const string Field = "SigIgn:";

    /// <summary>Mask of the ignored signals: bit n - 1 stands for signal n.</summary>
    private static readonly ulong s_mask = ReadMask();

    /// <summary>Returns true if the process ignores the signal.</summary>
    internal static bool Contains(PosixSignal signal) => (s_mask >> (NumberOf(signal) - 1) & 1) == 1;

    private static int NumberOf(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        PosixSignal.SIGTERM => 15,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "Expected SIGHUP, SIGINT, SIGQUIT or SIGTERM."),
    };

    /// <summary>Reads the mask from /proc; returns 0 if /proc cannot be read.</summary>
    private static ulong ReadMask()
    {
        try
        {
            string line = File.ReadLines("/proc/self/status").FirstOrDefault(
                line => line.StartsWith(Field, StringComparison.Ordinal), Field);
            var digits = line.AsSpan(Field.Length).Trim();
            return ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var mask) ? mask : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
