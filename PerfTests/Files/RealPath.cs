namespace PerfTests.Files;

/// <summary>Follows symbolic links, in every part of a path, to the path that the kernel would open.</summary>
internal static class RealPath
{
    /// <summary>Most links that Linux follows before it answers <c>ELOOP</c>.</summary>
    private const int MaximumLinks = 40;

    /// <summary>Gets the absolute path without links. Parts that do not exist stay as they are.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
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

    /// <summary>True if the path leads to a file; <see cref="File.Exists"/> takes a link that leads nowhere for one.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static bool IsFile(string path) => File.Exists(Of(path));

    private static void Push(Stack<string> pending, string path)
    {
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse().Where(part => part != "."))
        {
            pending.Push(part);
        }
    }
}
