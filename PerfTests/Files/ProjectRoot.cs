namespace PerfTests.Files;

/// <summary>
/// Where the project is. `dotnet test` runs the tests in the folder of the binaries, so a relative path that a
/// user typed at the top of the project has to be taken from there.
/// </summary>
internal static class ProjectRoot
{
    private const string Marker = "PerfTests.sln";

    /// <summary>The folder that holds the solution, or the current folder where the binaries were taken elsewhere.</summary>
    public static string Path { get; } = Find();

    /// <summary>An absolute path as it is, a relative one from the top of the project.</summary>
    public static string Resolve(string path) => System.IO.Path.GetFullPath(path, Path);

    /// <summary>The path as a person at the top of the project would write it.</summary>
    public static string Relative(string path)
    {
        var relative = System.IO.Path.GetRelativePath(Path, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? System.IO.Path.GetFileName(path) : relative;
    }

    /// <summary>Gets the path for the console: relative within the project, and whole where it lies elsewhere.</summary>
    public static string Shown(string path) => System.IO.Path.GetRelativePath(Path, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal)
        ? path
        : relative;

    /// <summary>A text, such as a stack trace, without the folder of the project: reports are shown to others.</summary>
    public static string WithoutPath(string text) => text.Replace(Path + System.IO.Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Marker)))
            {
                return folder.FullName;
            }
        }

        return Environment.CurrentDirectory;
    }
}
