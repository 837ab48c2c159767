using System.Diagnostics;
using System.Globalization;
using PerfTests.ChildProcesses;
using PerfTests.Metrics.Scenarios.CrossProcess;
using Shm.Core;

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>Second process of a workload, which attaches to the arena of the first process.</summary>
internal sealed class SecondProcess : ISecondWorker
{
    private readonly ShmSegment _segment;
    private readonly SecondProcessSignals _signals;
    private readonly Process _process;

    /// <summary>Starts the process and waits until it has attached.</summary>
    /// <param name="arena">Name of the arena.</param>
    /// <param name="workload">Workload; its threads must not wait for each other.</param>
    /// <param name="blockBytes">Size of each block, in bytes.</param>
    public SecondProcess(string arena, Workload workload, int blockBytes)
    {
        _segment = ShmSegment.CreateExclusive(null, SecondProcessSignals.ByteCount, new ShmSegmentOptions { Reserve = true });
        try
        {
            _signals = new SecondProcessSignals(_segment);
            var start = TestExecutable.StartInfo(
                SecondProcessWork.Verb, arena, _segment.Name, workload.ToString(), blockBytes.ToString(CultureInfo.InvariantCulture));
            start.RedirectStandardInput = true;
            _process = Process.Start(start)!;
            Await(() => _signals.IsAttached);
        }
        catch
        {
            _process?.Dispose();
            _segment.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Wake()
    {
        (_signals.Units, _signals.IsReady, _signals.IsDone) = (0, false, false);
        _process.StandardInput.BaseStream.WriteByte(0);
        _process.StandardInput.BaseStream.Flush();
        Await(() => _signals.IsReady);
    }

    /// <inheritdoc/>
    public void Go(long units) => _signals.Units = units;

    /// <inheritdoc/>
    public void Join() => Await(() => _signals.IsDone);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _segment.Dispose();
    }

    private void Await(Func<bool> holds)
    {
        if (!Polling.Await(holds, () => _process.HasExited))
        {
            throw new InvalidOperationException(
                $"The second process of the workload exited with code {_process.ExitCode} before it answered; its error output is above. "
                + "Check that it can attach to the arena (ulimit -n, ulimit -v).");
        }
    }
}
