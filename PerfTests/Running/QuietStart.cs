using System.ComponentModel;
using System.Diagnostics;
using PerfTests.Machine;
using Xunit.Sdk;
using Xunit.v3;

namespace PerfTests.Running;

/// <summary>Before the first row is measured, stops the processes that earlier tests have left running.</summary>
public sealed class QuietStart
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Stops the child processes of this process and collects garbage.</summary>
    public QuietStart(IMessageSink messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        foreach (var name in HostSystem.IsLinux ? EndChildren() : [])
        {
            messages.OnMessage(new DiagnosticMessage($"stopped {name}, which an earlier test had left running"));
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>
    /// Stops all child processes and their children. All of them belong to earlier tests, because no measured row has started a
    /// process yet.
    /// </summary>
    /// <returns>Name and id of each stopped child.</returns>
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
                // The process has exited meanwhile or belongs to another user.
            }
        }

        return ended;
    }
}
