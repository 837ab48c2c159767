namespace PerfTests.Files;

/// <summary>
/// Locates the project. <c>dotnet test</c> runs the tests in the folder of the binaries, but users type relative paths at the top of
/// the project.
/// </summary>
internal static class ProjectRoot
{
    private const string Marker = "PerfTests.sln";

    /// <summary>Folder of the solution; the current folder if no folder above the binaries contains the solution.</summary>
    public static string Path { get; } = Find();

    /// <summary>Returns the absolute path of a path that is relative to the top of the project.</summary>
    public static string Resolve(string path) => System.IO.Path.GetFullPath(path, Path);

    /// <summary>Returns the path relative to the top of the project; for a file outside the project, the file name alone.</summary>
    public static string Relative(string path)
    {
        var relative = System.IO.Path.GetRelativePath(Path, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? System.IO.Path.GetFileName(path) : relative;
    }

    /// <summary>Returns the path for the console: relative within the project, absolute elsewhere.</summary>
    public static string Shown(string path)
    {
        var relative = System.IO.Path.GetRelativePath(Path, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>Removes the path of the project's folder from a text, such as a stack trace, because reports are shown to others.</summary>
    public static string WithoutPath(string text) =>
        text.Replace(Path + System.IO.Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal);

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
