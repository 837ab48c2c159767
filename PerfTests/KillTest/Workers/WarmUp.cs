using PerfTests.KillTest.Sharing;

namespace PerfTests.KillTest.Workers;

/// <summary>
/// Compiles the code that workers run, by running it in a separate arena. Forked workers inherit the compiled code.
/// </summary>
internal static unsafe class WarmUp
{
    private const int Operations = 4_000;

    internal static void Run(ControlMemory control)
    {
        var name = $"perftests_warm_{Environment.ProcessId}";
        var auditor = new Worker(control, ControlMemory.Auditor, seed: 1);
        using var created = auditor.Join(name);
        var worker = new Worker(control, 1, seed: 2);
        using (worker.Join(name))
        {
            control.Worker(1)->IsPresent = 1;
            for (var count = 0; count < Operations; count++)
            {
                worker.Operations.Next(isCalm: false);
            }

            auditor.Execute(WorkerCommand.Recover);
            auditor.Execute(WorkerCommand.AuditStrictly);
            worker.Execute(WorkerCommand.RecoverAndUse);
            worker.Execute(WorkerCommand.AllocateWholeArena);
            worker.Execute(WorkerCommand.Drain);
        }

        auditor.Execute(WorkerCommand.ReclaimOffered);
        auditor.Execute(WorkerCommand.AllocateWholeArena);
        auditor.Execute(WorkerCommand.IsEmpty);
        for (var index = 0; index < 2; index++)
        {
            control.Worker(index)->IsPresent = 0;
            control.Clear(index);
        }

        GC.Collect();
    }
}
