using System.CommandLine;
using PerfTests.Baselines;
using PerfTests.Machine;
using Shm.Core;

namespace PerfTests.Commands;

/// <summary>Verb <c>doctor</c>: reports this machine's class, its resources, and conditions that would disturb a run.</summary>
internal static class DoctorCommand
{
    private const int Disturbed = 1;

    private const string Notes = """
        Exit codes:
          0  values can be used; rows that lack resources, and disturbances that make values less precise, are listed
          1  a condition such as a debugger makes every value useless; the last lines name it and say what to change
          2  the machine cannot be examined, or an argument is wrong

        Example:
          dotnet run --project PerfTests -- doctor

        """;

    public static Command Create()
    {
        var command = new NotedCommand("doctor", "Report machine class, missing resources, and conditions that would disturb a run", Notes);
        command.SetAction(_ =>
        {
            var machine = MachineClass.Current;
            var baseline = File.Exists(BaselineFolder.OfProject.Committed(machine)) ? "accepted"
                : File.Exists(BaselineFolder.OfProject.Local(machine)) ? "local only" : "none";
            Console.WriteLine($"machine class: {machine.Id}");
            Console.WriteLine($"baseline of this class: {baseline}");
            Console.WriteLine($"segments that killed processes left: {StaleSegments.List().Count} (the verb clean removes them)");
            foreach (var line in ResourceReport.Lines(MachineResources.Read()))
            {
                Console.WriteLine(line);
            }

            var found = Disturbances.Find();
            Console.WriteLine($"disturbances: {(found.Count == 0 ? "none" : string.Empty)}".TrimEnd());
            foreach (var disturbance in found)
            {
                Console.WriteLine($"  {(disturbance.IsFatal ? "makes every value useless" : "noise")}: {disturbance.Message}");
            }

            return found.Any(disturbance => disturbance.IsFatal) ? Disturbed : ExitCode.Success;
        });
        return command;
    }
}
