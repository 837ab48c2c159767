using System.Diagnostics;
using PerfTests.Measurement.Machine;
using Xunit.Sdk;
using Xunit.v3;

namespace PerfTests.Running;

/// <summary>Ends what tests that ran before have left behind, just before the first row is measured.</summary>
public sealed class QuietStart
{
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
    /// <returns>What each was called.</returns>
    internal static IReadOnlyList<string> EndChildren()
    {
        var ended = new List<string>();
        foreach (var id in ProcessStatus.ChildrenByParent()[Environment.ProcessId])
        {
            try
            {
                using var child = Process.GetProcessById(id);
                ended.Add(FormattableString.Invariant($"{child.ProcessName} (process {id})"));
                child.Kill(entireProcessTree: true);
                child.WaitForExit();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // It has ended meanwhile.
            }
        }

        return ended;
    }
}
