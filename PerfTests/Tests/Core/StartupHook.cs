using PerfTests.Tests.Core;

// The runtime finds a start-up hook by this type name in the global namespace.
#pragma warning disable CA1050
/// <summary>Code that a <see cref="SegmentChild"/> runs before Main.</summary>
internal static class StartupHook
{
    /// <summary>Environment variable that names the task of the child process.</summary>
    internal const string TaskVariable = "SHM_TEST_TASK";

    /// <summary>Runs the task that the environment names, and then exits. Does nothing if the environment names none.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(TaskVariable) is { } task)
        {
            Environment.Exit(SegmentChildTask.Run(task));
        }
    }
}
