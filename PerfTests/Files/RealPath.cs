namespace PerfTests.Files;

/// <summary>Resolves the symbolic links in all parts of a path, as the kernel does.</summary>
internal static class RealPath
{
    /// <summary>Largest number of links that Linux follows before it fails with <c>ELOOP</c>.</summary>
    private const int MaximumLinks = 40;

    /// <summary>Returns the absolute path without links. Parts that do not exist are kept.</summary>
    /// <exception cref="IOException">The links form a cycle.</exception>
    public static string Of(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.GetFullPath(path);
        }

        var pending = new Stack<string>();
        Push(pending, Path.GetFullPath(path));
        var (real, links) = ("/", 0);
        while (pending.TryPop(out var part))
        {
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? "/";
                continue;
            }

            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaximumLinks)
            {
                throw new IOException($"Too many levels of symbolic links: '{path}'");
            }

            real = Path.IsPathRooted(target) ? "/" : real;
            Push(pending, target);
        }

        return real;
    }

    /// <summary>Tells whether a path leads to an existing file; <see cref="File.Exists"/> also accepts a link without a target.</summary>
    /// <exception cref="IOException">The links form a cycle.</exception>
    public static bool IsFile(string path) => File.Exists(Of(path));

    private static void Push(Stack<string> pending, string path)
    {
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse().Where(part => part != "."))
        {
            pending.Push(part);
        }
    }
}
