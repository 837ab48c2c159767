using System.Diagnostics.CodeAnalysis;

namespace Shm.Core.Native;

/// <summary>Checks the operating system before the first system call.</summary>
internal static class Platform
{
    /// <summary>Directory that shm_open uses on Linux.</summary>
    internal const string SharedMemory = "/dev/shm";

    /// <summary>Maximum length of a segment name in bytes: NAME_MAX (255) minus 1 for the leading slash.</summary>
    internal const int MaxNameByteCount = 254;

    /// <summary>AppContext switch with which tests simulate an unsupported operating system.</summary>
    internal const string OtherSystemSwitch = "Shm.Core.AssumeOtherSystem";

    private static readonly bool s_isSupported =
        OperatingSystem.IsLinux() && !(AppContext.TryGetSwitch(OtherSystemSwitch, out var isOther) && isOther);

    /// <summary>Throws unless the process runs on Linux. Called when a segment is created or opened.</summary>
    /// <exception cref="PlatformNotSupportedException">The operating system is not Linux.</exception>
    internal static void Require()
    {
        if (!s_isSupported)
        {
            ThrowNotSupported();
        }
    }

    [DoesNotReturn]
    private static void ThrowNotSupported() =>
        throw new PlatformNotSupportedException(
            "Shared memory cannot be used on this system: it needs Linux (on Windows: WSL2), which has POSIX shared memory in /dev/shm.");
}
