using System.Globalization;
using PerfTests.AllocatorComparison.Scenarios;
using PerfTests.ChildProcesses;
using PerfTests.Metrics.Scenarios.CrossProcess;
using Shm.Arena;
using Shm.Core;

[assembly: ChildProcess<SecondProcessWork>(SecondProcessWork.Verb)]

namespace PerfTests.AllocatorComparison.Scenarios;

/// <summary>Work of the process that <see cref="SecondProcess"/> starts.</summary>
internal sealed class SecondProcessWork : IChildProcess
{
    /// <summary>Verb of the test executable that starts this work.</summary>
    public const string Verb = "allocate-beside-a-process";

    /// <summary>Runs samples until the pipe from the first process closes.</summary>
    public static int Run(string[] arguments)
    {
        using var arena = ShmArena.Attach(arguments[0]);
        using var segment = ShmSegment.Open(arguments[1], SecondProcessSignals.ByteCount);
        var signals = new SecondProcessSignals(segment);
        var task = new WorkloadTask(
            Enum.Parse<Workload>(arguments[2]), int.Parse(arguments[3], CultureInfo.InvariantCulture), liveBlocks: 0);
        var worker = new ManagedWorker<ArenaHeap, ShmBlock>(new ArenaHeap(arena), new HandOver<ShmBlock>(), new BlockSlots<ShmBlock>());
        worker.Hold(Worker.HeldBytes);
        task.Prepare(worker, thread: 1);
        var parent = ParentProcess.Id;
        using var input = Console.OpenStandardInput();
        signals.IsAttached = true;
        while (input.ReadByte() >= 0)
        {
            signals.IsReady = true;
            if (!Polling.Await(() => signals.Units != 0, () => ParentProcess.Id != parent))
            {
                return 0;
            }

            task.Run(worker, thread: 1, signals.Units);
            signals.IsDone = true;
        }

        return 0;
    }
}
