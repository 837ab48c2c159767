namespace PerfTests.Machine;

/// <summary>Operating system that the suite runs on.</summary>
internal static class HostSystem
{
    /// <summary>Environment variable that makes the suite behave as on another operating system. Only tests of the suite set it.</summary>
    public const string AssumedVariable = "PERFTESTS_ASSUME_OS";

    /// <summary>Reason that a test is skipped with, or a verb refused, where there is no Linux.</summary>
    public const string NeedsLinux = "needs Linux (on Windows: WSL2): POSIX shared memory in /dev/shm";

    /// <summary>True on Linux: there are /proc, /dev/shm and the C library's calls.</summary>
    public static bool IsLinux { get; } =
        OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(AssumedVariable) is null or "" or "linux";

    /// <summary>Has the libraries refuse this process too, where only the variable says that this is another system.</summary>
    public static void ApplyToLibraries()
    {
        if (!IsLinux)
        {
            AppContext.SetSwitch(Shm.Core.Native.Platform.OtherSystemSwitch, true);
        }
    }
}
