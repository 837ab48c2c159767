using System.Globalization;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Settings of the kernel and of a mount that decide whether a segment gets huge pages.</summary>
/// <param name="MountPoint">Path at which the file system is mounted.</param>
/// <param name="FileSystem">Type of the file system, such as <c>tmpfs</c>.</param>
/// <param name="MountOption">Value of the mount option <c>huge=</c>; <c>never</c> if the mount has no such option.</param>
/// <param name="KernelSetting">Chosen word in <see cref="SettingPath"/>; empty if the kernel has no transparent huge pages.</param>
/// <param name="HugePageByteCount">Size of a transparent huge page in bytes; 0 if the kernel has none.</param>
internal sealed record HugePageSettings(
    string MountPoint, string FileSystem, string MountOption, string KernelSetting, long HugePageByteCount)
{
    internal const string SettingPath = Folder + "shmem_enabled";

    private const string Folder = "/sys/kernel/mm/transparent_hugepage/";

    /// <summary>
    /// True if the mount gives huge pages only to a mapping that is advised. fallocate knows no mapping, so it would allocate
    /// small pages.
    /// </summary>
    internal bool NeedsAdvice => FileSystem == "tmpfs" && MountOption == "advise" && KernelSetting is not ("deny" or "force");

    /// <summary>Reads the settings for the file system that contains a file.</summary>
    internal static HugePageSettings Read(FileIdentity file)
    {
        var mount = ReadText("/proc/self/mountinfo").Split('\n').LastOrDefault(line => IsOn(line, file.Device)) ?? "";
        var kernel = ReadText(SettingPath);
        _ = long.TryParse(ReadText(Folder + "hpage_pmd_size"), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var size);
        return Parse(mount, kernel, size);
    }

    /// <summary>
    /// Makes the settings from a line of <c>/proc/self/mountinfo</c>, the text of <see cref="SettingPath"/>, and the size of a page.
    /// </summary>
    internal static HugePageSettings Parse(string mount, string kernel, long hugePageByteCount)
    {
        const string separator = " - ", option = "huge=";
        var fields = mount.Split(' ');
        var end = mount.IndexOf(separator, StringComparison.Ordinal);
        var system = end < 0 ? [] : mount[(end + separator.Length)..].Split(' ');
        var huge = (system.ElementAtOrDefault(2) ?? "").Split(',').FirstOrDefault(one => one.StartsWith(option, StringComparison.Ordinal));
        return new HugePageSettings(
            fields.ElementAtOrDefault(4) ?? "the file system",
            system.ElementAtOrDefault(0) ?? "",
            huge?[option.Length..] ?? "never",
            kernel.Split('[', ']').ElementAtOrDefault(1) ?? "",
            hugePageByteCount);
    }

    /// <summary>Returns the reason why mapped pages are small, and the remedy; null if nothing stands in the way of huge pages.</summary>
    /// <param name="byteCount">Length of the mapping in bytes.</param>
    /// <param name="isAdvised">True if the mapping is advised to use huge pages.</param>
    internal string? Obstacle(long byteCount, bool isAdvised) => this switch
    {
        { FileSystem: "hugetlbfs" } => null,
        { FileSystem: not "tmpfs" } =>
            $"{MountPoint} is neither a tmpfs nor a hugetlbfs. Use a directory on a tmpfs that is mounted with huge=advise.",
        { HugePageByteCount: 0 } or { KernelSetting: "" } =>
            "This kernel has no transparent huge pages. Use a directory on a hugetlbfs.",
        { KernelSetting: "deny" } =>
            $"{SettingPath} is deny. Write the word 'never' to this file; the mount option huge= then decides.",
        { KernelSetting: not "force", MountOption: "never" } =>
            $"{MountPoint} is mounted without huge pages. Mount it with them (mount -o remount,huge=advise {MountPoint}), "
            + "or use a directory on such a tmpfs or on a hugetlbfs.",
        _ when byteCount < HugePageByteCount =>
            $"The mapping has {byteCount} bytes, less than a huge page of {HugePageByteCount} bytes.",
        { NeedsAdvice: true } when !isAdvised =>
            $"{MountPoint} is mounted with huge=advise, and the mapping was made without the option HugePages. Set HugePages.",
        _ => null,
    };

    private static bool IsOn(string mount, ulong device)
    {
        var major = ((device >> 8) & 0xFFF) | ((device >> 32) & ~0xFFFUL);
        var minor = (device & 0xFF) | ((device >> 12) & ~0xFFUL);
        return mount.Split(' ').ElementAtOrDefault(2) == string.Create(CultureInfo.InvariantCulture, $"{major}:{minor}");
    }

    /// <summary>Returns the contents of a file; the empty text if the file is missing or cannot be read.</summary>
    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
