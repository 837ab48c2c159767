using System.Globalization;
using System.Runtime.InteropServices;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>What the kernel says of a process.</summary>
/// <param name="IsEnded">There is no such process, or only a zombie, which can hold nothing any more.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot; 0 if that can't be read.</param>
internal readonly record struct ProcessStatus(bool IsEnded, ulong StartTicks)
{
    /// <summary>The field of proc(5)'s <c>stat</c> that holds the start, counted from the state behind the command.</summary>
    private const int StartField = 19;

    internal static ProcessStatus Read(int processId)
    {
        try
        {
            // The state follows the command, which is in parentheses and may itself hold any character.
            string text = File.ReadAllText($"/proc/{processId}/stat");
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessStatus(
                fields[0] is "Z" or "X",
                ulong.TryParse(fields[StartField], NumberStyles.None, CultureInfo.InvariantCulture, out ulong start) ? start : 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without /proc, or hidden in it: a signal still tells whether there is a process. On another system none is asked for.
            bool isEnded = OperatingSystem.IsLinux() && LibC.Kill(processId, 0) != 0 && Marshal.GetLastPInvokeError() == Errno.NoProcess;
            return new ProcessStatus(isEnded, 0);
        }
    }

    /// <summary>The inode of this process's process-id namespace; 0 if it can't be read.</summary>
    internal static uint NamespaceInode()
    {
        try
        {
            // "pid:[4026531836]"
            string target = new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
            return uint.TryParse(target.AsSpan().TrimStart("pid:[").TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out uint inode) ? inode : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
