using System.Diagnostics;
using PerfTests.ChildProcesses;
using PerfTests.SelfTest;

[assembly: ChildProcess<SpinningProcess>(SpinningProcess.Verb)]

namespace PerfTests.SelfTest;

/// <summary>Another process that computes without a pause, to see how the suite judges beside one.</summary>
internal sealed class SpinningProcess : IDisposable, IChildProcess
{
    /// <summary>The verb that makes the test executable such a process; not for people.</summary>
    public const string Verb = "spin-beside";

    private readonly Process _process;

    /// <summary>Starts spinning.</summary>
    public SpinningProcess()
    {
        var start = TestExecutable.StartInfo(Verb);
        start.RedirectStandardInput = true;
        _process = Process.Start(start)!;
    }

    /// <summary>Stops spinning.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>The other process: spins until its input ends, as it does when its parent dies.</summary>
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
