using System.Runtime.InteropServices;

namespace PerfTests.ChildProcesses;

/// <summary>
/// Parent of this process: the process that started it or, after that process has exited, the process that adopts orphans.
/// </summary>
internal static partial class ParentProcess
{
    /// <summary>Gets the id of the current parent.</summary>
    public static int Id => GetParentProcessId();

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentProcessId();
}
