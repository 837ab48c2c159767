using System.Globalization;
using System.Runtime.InteropServices;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Start time of a process, and whether the process has exited, as the kernel reports them.</summary>
/// <param name="HasExited">True if no process has the id, or if only a zombie has it. A zombie holds no resources.</param>
/// <param name="StartTicks">Start time in clock ticks since boot; 0 if it cannot be read.</param>
internal readonly record struct ProcessLifetime(bool HasExited, ulong StartTicks)
{
    /// <summary>
    /// Indexes of the number of threads and of the start time among the fields of <c>/proc/pid/stat</c>, where index 0 is the state.
    /// </summary>
    private const int ThreadCountField = 17, StartField = 19;

    /// <summary>
    /// Reads the start time of this process, also where /proc shows another pid namespace than that of this process.
    /// </summary>
    internal static ProcessLifetime ReadOwn() => Read("self", Environment.ProcessId);

    /// <summary>
    /// Reads the state and the start time of a process from /proc. If /proc cannot be read, tests with a signal whether the
    /// process exists.
    /// </summary>
    internal static ProcessLifetime Read(int processId) => Read(processId.ToString(CultureInfo.InvariantCulture), processId);

    private static ProcessLifetime Read(string folder, int processId)
    {
        try
        {
            // The command stands in parentheses and may itself contain any character, so fields are counted from the last
            // closing parenthesis.
            var text = File.ReadAllText($"/proc/{folder}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');

            // A process whose first thread has ended is shown as a zombie while its other threads run.
            var hasExited = fields[0] == "X" || (fields[0] == "Z" && fields[ThreadCountField] is "0" or "1");
            return new ProcessLifetime(
                hasExited,
                ulong.TryParse(fields[StartField], NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // /proc is not mounted or hides the process. Signal 0 tests whether the process exists. Systems other than Linux
            // may lack this function.
            var hasExited = OperatingSystem.IsLinux() && LibC.Kill(processId, 0) != 0 && Marshal.GetLastPInvokeError() == Errno.NoProcess;
            return new ProcessLifetime(hasExited, 0);
        }
    }
}
