using System.Diagnostics;
using PerfTests.ChildProcesses;
using PerfTests.SelfTest;

[assembly: ChildProcess<SpinningProcess>(SpinningProcess.Verb)]

namespace PerfTests.SelfTest;

/// <summary>Process that keeps one CPU busy, so that the error rates of verdicts can be measured under load.</summary>
internal sealed class SpinningProcess : IDisposable, IChildProcess
{
    /// <summary>Verb of the test executable that starts this work.</summary>
    public const string Verb = "spin-beside";

    private readonly Process _process;

    /// <summary>Starts the process.</summary>
    public SpinningProcess()
    {
        var start = TestExecutable.StartInfo(Verb);
        start.RedirectStandardInput = true;
        _process = Process.Start(start)!;
    }

    /// <summary>Kills the process.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>
    /// Spins in the child process until its standard input ends. The input ends when the parent exits, at the latest.
    /// </summary>
    public static int Run(string[] arguments)
    {
        new Thread(() =>
        {
            ulong state = 1;
            while (true)
            {
                state = (state * 3) + 1;
            }
        })
        { IsBackground = true }.Start();
        Console.In.ReadToEnd();
        return 0;
    }
}
