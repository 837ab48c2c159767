namespace PerfTests.Machine;

/// <summary>Operating system that the suite runs on.</summary>
internal static class HostSystem
{
    /// <summary>Environment variable that simulates another operating system. Only the suite's own tests set this variable.</summary>
    public const string AssumedVariable = "PERFTESTS_ASSUME_OS";

    /// <summary>Reason for skipping a test, or refusing a verb, on systems other than Linux.</summary>
    public const string NeedsLinux = "needs Linux (on Windows: WSL2): POSIX shared memory in /dev/shm";

    /// <summary>True on Linux, which has /proc, /dev/shm and the calls of the C library that the suite uses.</summary>
    public static bool IsLinux { get; } =
        OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(AssumedVariable) is null or "" or "linux";

    /// <summary>If <see cref="AssumedVariable"/> simulates another system, makes the libraries behave as on that system.</summary>
    public static void ApplyToLibraries()
    {
        if (!IsLinux)
        {
            AppContext.SetSwitch(Shm.Core.Native.Platform.OtherSystemSwitch, true);
        }
    }
}
