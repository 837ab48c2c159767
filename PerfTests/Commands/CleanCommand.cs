using System.CommandLine;
using Shm.Core;

namespace PerfTests.Commands;

/// <summary>Removes the shared memory that killed processes left behind.</summary>
internal static class CleanCommand
{
    public static Command Create()
    {
        var list = new Option<bool>("--list") { Description = "Only say what would be removed" };
        var command = new Command("clean", "Remove the shared-memory segments of processes that no longer live") { list };
        command.SetAction(parsed =>
        {
            var isListOnly = parsed.GetValue(list);
            foreach (var segment in isListOnly ? StaleSegments.List() : StaleSegments.Remove())
            {
                Console.WriteLine(FormattableString.Invariant(
                    $"{(isListOnly ? "stale" : "removed")}: {segment.Name}, {segment.ByteCount:N0} bytes ({segment.ClaimedByteCount:N0} in memory), of {segment.Modified:yyyy-MM-dd HH:mm}; process {segment.OwnerProcessId} is gone"));
            }
        });
        return command;
    }
}
