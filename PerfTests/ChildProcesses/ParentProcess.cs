using System.Runtime.InteropServices;

namespace PerfTests.ChildProcesses;

/// <summary>Parent of this process: the process that started it, or the one that adopts orphans once that has exited.</summary>
internal static partial class ParentProcess
{
    /// <summary>Gets the id of the parent now.</summary>
    public static int Id => GetParentProcessId();

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentProcessId();
}
