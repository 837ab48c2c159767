using System.Runtime.InteropServices;

namespace PerfTests.ChildProcesses;

/// <summary>Who started this process; another one once that has died.</summary>
internal static partial class ParentProcess
{
    public static int Id => GetParentProcessId();

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentProcessId();
}
