using System.Diagnostics;

namespace PerfTests.ChildProcesses;

/// <summary>The test assembly as a program: <see cref="Program"/> runs a verb of the suite, or xUnit's command line.</summary>
internal static class TestExecutable
{
    /// <summary>Gets the folder of the test assembly and of the libraries that it was built with.</summary>
    public static string Folder { get; } = Path.GetDirectoryName(typeof(TestExecutable).Assembly.Location)!;

    /// <summary>Returns the start information to run the program with arguments.</summary>
    /// <param name="arguments">A verb and its arguments.</param>
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
