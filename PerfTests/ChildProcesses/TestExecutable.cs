using System.Diagnostics;

namespace PerfTests.ChildProcesses;

/// <summary>The test assembly as a program of its own.</summary>
internal static class TestExecutable
{
    /// <summary>How to start it with these arguments.</summary>
    public static ProcessStartInfo StartInfo(params string[] arguments)
    {
        var assembly = typeof(TestExecutable).Assembly.Location;
        var host = Path.ChangeExtension(assembly, null);
        var start = File.Exists(host) ? new ProcessStartInfo(host) : new ProcessStartInfo("dotnet", [assembly]);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.UseShellExecute = false;
        return start;
    }
}
