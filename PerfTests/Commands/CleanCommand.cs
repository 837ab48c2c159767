using System.CommandLine;
using Shm.Core;

namespace PerfTests.Commands;

/// <summary>Verb <c>clean</c>: removes the shared memory that killed processes left behind.</summary>
internal static class CleanCommand
{
    private const string Notes = """
        Exit codes:
          0  every segment of an exited process is removed, or listed with --list
          2  /dev/shm cannot be read, a segment cannot be removed, or an argument is wrong

        Example:
          dotnet run --project PerfTests -- clean --list

        """;

    public static Command Create()
    {
        var list = new Option<bool>("--list") { Description = "List the segments and remove none" };
        var command = new NotedCommand("clean", "Remove the shared-memory segments of processes that have exited", Notes) { list };
        command.SetAction(parsed =>
        {
            var isListOnly = parsed.GetValue(list);
            foreach (var segment in isListOnly ? StaleSegments.List() : StaleSegments.Remove())
            {
                var size = FormattableString.Invariant($"{segment.ByteCount:N0} bytes ({segment.ClaimedByteCount:N0} in memory)");
                var state = FormattableString.Invariant(
                    $"modified {segment.Modified:yyyy-MM-dd HH:mm}; its process {segment.OwnerProcessId} has exited");
                Console.WriteLine($"{(isListOnly ? "stale" : "removed")}: {segment.Name}, {size}, {state}");
            }
        });
        return command;
    }
}
