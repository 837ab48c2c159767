using System.ComponentModel;
using System.Diagnostics;
using PerfTests.Machine;
using Xunit.Sdk;
using Xunit.v3;

namespace PerfTests.Running;

/// <summary>Ends what tests that ran before have left behind, just before the first row is measured.</summary>
public sealed class QuietStart
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Ends the child processes of this one, and collects garbage.</summary>
    public QuietStart(IMessageSink messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        foreach (var name in HostSystem.IsLinux ? EndChildren() : [])
        {
            messages.OnMessage(new DiagnosticMessage($"ended {name}, which a test that ran before left running"));
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>Ends the child processes of this one, with theirs. No row has started any of its own yet.</summary>
    /// <returns>Name and id of each.</returns>
    internal static IReadOnlyList<string> EndChildren()
    {
        var ended = new List<string>();
        foreach (var (id, status) in ProcessSnapshot.ReadAll().Where(process => process.Value.ParentId == Environment.ProcessId))
        {
            try
            {
                using var child = Process.GetProcessById(id);
                child.Kill(entireProcessTree: true);
                child.WaitForExit(s_patience);
                ended.Add(FormattableString.Invariant($"{status.Name} (process {id})"));
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or AggregateException or Win32Exception)
            {
                // It has ended meanwhile, or is another user's.
            }
        }

        return ended;
    }
}
