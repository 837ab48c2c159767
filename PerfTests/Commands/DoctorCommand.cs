using System.CommandLine;
using PerfTests.Baselines;
using PerfTests.Machine;
using Shm.Core;

namespace PerfTests.Commands;

/// <summary>Says what this machine is and what on it would disturb a run.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Say what this machine is, what it lacks for a run, and what would disturb one");
        command.SetAction(_ =>
        {
            var machine = MachineClass.Current;
            Console.WriteLine($"machine class: {machine.Id}");
            Console.WriteLine($"baseline:      {(File.Exists(BaselineFolder.OfProject.Committed(machine)) ? "accepted" : File.Exists(BaselineFolder.OfProject.Local(machine)) ? "local only" : "none")}");
            Console.WriteLine($"stale shared-memory segments: {StaleSegments.List().Count} (remove them with the verb clean)");
            foreach (var line in ResourceReport.Lines(MachineResources.Read()))
            {
                Console.WriteLine(line);
            }

            var found = Disturbances.Find();
            Console.WriteLine(found.Count == 0 ? "nothing found that would disturb a run" : "would disturb a run:");
            foreach (var disturbance in found)
            {
                Console.WriteLine($"  {(disturbance.IsFatal ? "figures cannot be trusted" : "noise")}: {disturbance.Message}");
            }

            return found.Any(disturbance => disturbance.IsFatal) ? 1 : 0;
        });
        return command;
    }
}
