using PerfTests.Files;

namespace PerfTests.Versions;

/// <summary>
/// Builds the libraries from the project's own sources as they lie there, or with edits: for the suite's trials of
/// itself, which must not need a switch in the libraries.
/// </summary>
internal static class SourceBuilder
{
    /// <summary>Builds into a folder of its own below another.</summary>
    /// <param name="folder">Where the sources are copied to and the assemblies go.</param>
    /// <param name="label">What a person calls this version.</param>
    /// <param name="edits">What to change, in this order.</param>
    /// <exception cref="VersionException">There are no sources, an edit does not fit them, or they cannot be built.</exception>
    public static LibraryVersion Build(string folder, string label, params ISourceEdit[] edits)
    {
        var source = CopySources(folder, label);
        foreach (var edit in edits)
        {
            var path = Path.Combine(source, edit.File);
            File.WriteAllText(path, edit.Apply(File.Exists(path) ? File.ReadAllText(path) : string.Empty));
        }

        var output = Path.Combine(folder, label, "output");
        LibraryBuild.Run(source, output, label);
        return new LibraryVersion(output, label);
    }

    /// <summary>Builds a patched copy of the sources into a folder of its own below another.</summary>
    /// <param name="folder">The folder that the sources are copied to and the assemblies go to.</param>
    /// <param name="label">What a person calls this version.</param>
    /// <param name="patches">Patch files, in the order in which they are applied.</param>
    /// <param name="properties">MSBuild properties of the build, each as "Name=value".</param>
    /// <exception cref="VersionException">There are no sources, a patch does not fit them, or they cannot be built.</exception>
    public static LibraryVersion Build(string folder, string label, IEnumerable<string> patches, params string[] properties)
    {
        var source = CopySources(folder, label);
        foreach (var patch in patches)
        {
            SourcePatch.Apply(patch, source);
        }

        var output = Path.Combine(folder, label, "output");
        LibraryBuild.Run(source, output, label, properties);
        return new LibraryVersion(output, label);
    }

    private static string CopySources(string folder, string label)
    {
        var source = Path.Combine(folder, label, "source");
        foreach (var project in LibraryBuild.Projects)
        {
            CopyProject(project, Path.Combine(source, project));
        }

        foreach (var file in LibraryBuild.TopFiles.Where(file => File.Exists(ProjectRoot.Resolve(file))))
        {
            File.Copy(ProjectRoot.Resolve(file), Path.Combine(source, file));
        }

        return source;
    }

    private static void CopyProject(string project, string target)
    {
        var from = ProjectRoot.Resolve(project);
        if (!Directory.Exists(from))
        {
            throw new VersionException(
                $"{project} is not in {ProjectRoot.Path}, so its sources cannot be built: run this in a clone of the project.");
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            var top = relative.Split(Path.DirectorySeparatorChar)[0];
            if (top is not ("bin" or "obj"))
            {
                var copy = Path.Combine(target, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }
}
