namespace PerfTests.Machine;

/// <summary>Data and unified caches of a processor, as the kernel lists them.</summary>
internal static class CacheHierarchy
{
    /// <summary>
    /// Returns the sizes from the first level up, e.g. <c>32K-1024K-32768K</c>, or <c>nocacheinfo</c> if the kernel lists none.
    /// </summary>
    /// <param name="folder">Folder of one processor's caches, such as <c>/sys/devices/system/cpu/cpu0/cache</c>.</param>
    public static string Describe(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return "nocacheinfo";
        }

        var sizes = Directory.EnumerateDirectories(folder, "index*")
            .Select(cache => (Level: Read(cache, "level"), Type: Read(cache, "type"), Size: Read(cache, "size")))
            .Where(cache => cache.Type != "Instruction" && cache.Size.Length > 0)
            .OrderBy(cache => cache.Level, StringComparer.Ordinal)
            .Select(cache => cache.Size);
        var text = string.Join('-', sizes);
        return text.Length > 0 ? text : "nocacheinfo";
    }

    private static string Read(string cache, string file)
    {
        var path = Path.Combine(cache, file);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : string.Empty;
    }
}
