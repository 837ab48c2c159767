using System.Globalization;
using System.Runtime.InteropServices;

namespace PerfTests.Machine;

/// <summary>
/// Kind of machine that a value was measured on. Only values of the same class are compared. The clock speed is not part of
/// the class, because it changes from one minute to the next.
/// </summary>
/// <param name="Vendor">CPU vendor, e.g. <c>AuthenticAMD</c>.</param>
/// <param name="Family">CPU family number; on ARM the architecture.</param>
/// <param name="Model">CPU model number; on ARM the part.</param>
/// <param name="Stepping">CPU stepping; on ARM the revision.</param>
/// <param name="CacheSizes">Sizes of the data and unified caches, from the first level up, e.g. <c>32K-1024K-32768K</c>.</param>
/// <param name="VirtualCpuCount">Number of logical processors that the process may use.</param>
/// <param name="OperatingSystem">Family of the operating system, e.g. <c>linux</c>.</param>
/// <param name="Architecture">Architecture of the process, e.g. <c>x64</c>.</param>
/// <param name="RuntimeMajor">Major version of .NET.</param>
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
    /// <summary>Gets the name of the class as files use it: lower-case letters, digits and dashes.</summary>
    public string Id
    {
        get
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{ShortVendor}-f{Family}-m{Model}-s{Stepping}-{CacheSizes}-{VirtualCpuCount}cpu")
                + string.Create(CultureInfo.InvariantCulture, $"-{OperatingSystem}-{Architecture}-net{RuntimeMajor}");
            return string.Concat(text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        }
    }

    private string ShortVendor => Vendor switch
    {
        "AuthenticAMD" => "amd",
        "GenuineIntel" => "intel",
        _ => Vendor,
    };

    /// <summary>Gets the class of this machine.</summary>
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
