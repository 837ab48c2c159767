using PerfTests.Tests.Arena.Kill.Sharing;
using Shm.Arena;

namespace PerfTests.Tests.Arena.Kill.Workers;

/// <summary>Compiles what the workers do by doing it, in an arena that nobody else sees.</summary>
internal static unsafe class WarmUp
{
    private const int Operations = 4_000;

    internal static void Run(ControlMemory control)
    {
        string name = $"perftests_warm_{Environment.ProcessId}";
        var auditor = new Worker(control, ControlMemory.Auditor, seed: 1);
        using ShmArena created = auditor.Join(name);
        var worker = new Worker(control, 1, seed: 2);
        using (worker.Join(name))
        {
            control.Worker(1)->IsPresent = 1;
            for (int count = 0; count < Operations; count++)
            {
                worker.Operations.Next(isCalm: false);
            }

            auditor.Execute(WorkerCommand.Recover);
            auditor.Execute(WorkerCommand.AuditStrictly);
            worker.Execute(WorkerCommand.TakeWhole);
            worker.Execute(WorkerCommand.Drain);
        }

        auditor.Execute(WorkerCommand.ReclaimOffered);
        auditor.Execute(WorkerCommand.TakeWhole);
        auditor.Execute(WorkerCommand.IsEmpty);
        for (int index = 0; index < 2; index++)
        {
            control.Worker(index)->IsPresent = 0;
            control.Clear(index);
        }

        GC.Collect();
    }
}
