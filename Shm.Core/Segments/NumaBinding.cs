using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Binds the pages of a segment to a NUMA node.</summary>
internal static class NumaBinding
{
    /// <summary>Throws if the value of an option cannot be the number of a node.</summary>
    /// <param name="node">Value of the option; null means no binding.</param>
    /// <param name="name">Name of the option.</param>
    internal static void Validate(int? node, string name)
    {
        if (node is < 0 or >= MemoryPolicy.MaxNodeCount)
        {
            throw new ArgumentOutOfRangeException(
                name, node, $"NumaNode must be 0 to {MemoryPolicy.MaxNodeCount - 1}, or null to let the kernel choose.");
        }
    }

    /// <summary>Returns the advice for an error number of mbind; null takes the usual advice.</summary>
    internal static string? RemedyFor(int errno, int node) => errno switch
    {
        Errno.Invalid =>
            $"Choose a NUMA node that has memory and that this process may use ({UsableNodes()}): node {node} is none of them.",
        Errno.NoSystemCall => "Leave NumaNode unset: this kernel does not support NUMA.",
        Errno.PermissionDenied => "Leave NumaNode unset, or permit the call mbind in the sandbox (in Docker: --cap-add SYS_NICE).",
        _ => null,
    };

    private static string UsableNodes()
    {
        const string key = "Mems_allowed_list:";
        try
        {
            var line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
            return line is null ? "see Mems_allowed_list in /proc/self/status" : line[key.Length..].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "see numactl --hardware";
        }
    }
}
