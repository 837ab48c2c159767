using System.Diagnostics.CodeAnalysis;

namespace Shm.Core.Native;

/// <summary>Refuses operating systems that the libraries do not support, before anything of the system is called.</summary>
internal static class Platform
{
    /// <summary>AppContext switch that makes this process count as one on another operating system. Only tests set it.</summary>
    internal const string OtherSystemSwitch = "Shm.Core.AssumeOtherSystem";

    private static readonly bool s_isSupported =
        OperatingSystem.IsLinux() && !(AppContext.TryGetSwitch(OtherSystemSwitch, out bool isOther) && isOther);

    /// <summary>Throws unless the process runs on Linux. Creating and opening ask once each; no block's path does.</summary>
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
