using System.Globalization;
using System.Runtime.InteropServices;

namespace PerfTests.Machine;

/// <summary>
/// The kind of machine that a figure was measured on. Figures of one class can be compared with each other;
/// figures of different classes never are. A clock speed is no part of it: it changes from one minute to the next.
/// </summary>
/// <param name="Vendor">The CPU's vendor, e.g. <c>AuthenticAMD</c>.</param>
/// <param name="Family">The CPU's family number, or the architecture on ARM.</param>
/// <param name="Model">The CPU's model number, or the part on ARM.</param>
/// <param name="Stepping">The CPU's stepping, or the variant and revision on ARM.</param>
/// <param name="CacheSizes">Sizes of the data and unified caches, from the first level up, e.g. <c>32K-1024K-32768K</c>.</param>
/// <param name="VirtualCpuCount">Logical processors that the process may use.</param>
/// <param name="OperatingSystem">Its family, e.g. <c>linux</c>.</param>
/// <param name="Architecture">The process's architecture, e.g. <c>x64</c>.</param>
/// <param name="RuntimeMajor">The major version of .NET.</param>
public sealed record MachineClass(
    string Vendor,
    string Family,
    string Model,
    string Stepping,
    string CacheSizes,
    int VirtualCpuCount,
    string OperatingSystem,
    string Architecture,
    int RuntimeMajor)
{
    /// <summary>A name for files: lower-case letters, digits and dashes.</summary>
    public string Id
    {
        get
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{ShortVendor}-f{Family}-m{Model}-s{Stepping}-{CacheSizes}-{VirtualCpuCount}cpu-{OperatingSystem}-{Architecture}-net{RuntimeMajor}");
            return string.Concat(text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        }
    }

    private string ShortVendor => Vendor switch
    {
        "AuthenticAMD" => "amd",
        "GenuineIntel" => "intel",
        _ => Vendor,
    };

    /// <summary>The class of this machine.</summary>
    public static MachineClass Current { get; } = Detect();

    private static MachineClass Detect()
    {
        var cpu = CpuInformation.Read("/proc/cpuinfo");
        return new MachineClass(
            cpu.First("vendor_id", "CPU implementer"),
            cpu.First("cpu family", "CPU architecture"),
            cpu.First("model", "CPU part"),
            cpu.First("stepping", "CPU revision"),
            CacheHierarchy.Describe("/sys/devices/system/cpu/cpu0/cache"),
            Environment.ProcessorCount,
            System.OperatingSystem.IsLinux() ? "linux" : RuntimeInformation.OSDescription,
            RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            Environment.Version.Major);
    }
}
