using System.CommandLine;
using Shm.Core;

namespace PerfTests.Commands;

/// <summary>Verb <c>clean</c>: removes the shared memory that killed processes left behind.</summary>
internal static class CleanCommand
{
    private const string Notes = """
        A segment or an arena is removed if no process of any container has it open. Files of other programs are kept.

        Exit codes:
          0  every unused segment is removed, or listed with --list
          2  the directory cannot be read, a segment cannot be removed, or an argument is wrong

        Example:
          dotnet run --project PerfTests -- clean --list

        """;

    public static Command Create()
    {
        var list = new Option<bool>("--list") { Description = "List the segments and remove none" };
        var directory = new Option<string?>("--directory") { Description = "Directory of the segments; /dev/shm by default" };
        var command = new NotedCommand("clean", "Remove the segments and arenas that killed processes left", Notes) { list, directory };
        command.SetAction(parsed =>
        {
            var isListOnly = parsed.GetValue(list);
            var path = parsed.GetValue(directory);
            foreach (var segment in isListOnly ? StaleSegments.List(path) : StaleSegments.Remove(path))
            {
                var size = FormattableString.Invariant($"{segment.ByteCount:N0} bytes ({segment.ClaimedByteCount:N0} in memory)");
                var state = FormattableString.Invariant($"modified {segment.Modified:yyyy-MM-dd HH:mm}");
                var owner = segment.OwnerProcessId is { } id ? $"; created by process {id}" : "";
                Console.WriteLine($"{(isListOnly ? "stale" : "removed")}: {segment.Name}, {size}, {state}{owner}; no process uses it");
            }
        });
        return command;
    }
}
