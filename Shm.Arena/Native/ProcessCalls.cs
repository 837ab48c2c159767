using System.Runtime.InteropServices;

namespace Shm.Arena.Native;

internal static partial class ProcessCalls
{
    /// <summary>
    /// Returns the id of this process. <see cref="Environment.ProcessId"/> is stored by the runtime, so a forked process would
    /// get the id of its parent.
    /// </summary>
    [LibraryImport("libc", EntryPoint = "getpid")]
    internal static partial int GetId();
}
