using PerfTests.Files;

namespace PerfTests.Versions;

/// <summary>
/// Builds the libraries from a copy of the project's sources, with or without patches. The self-test and the kill test use such
/// builds, so that the libraries need no switches for these tests.
/// </summary>
internal static class SourceBuilder
{
    /// <summary>Builds a copy of the sources.</summary>
    /// <param name="folder">Folder in which a folder named after the label is created for sources and assemblies.</param>
    /// <param name="label">Name of the version in messages.</param>
    /// <param name="patches">Patch files, in the order in which they are applied.</param>
    /// <param name="properties">MSBuild properties of the build, each as "Name=value".</param>
    /// <exception cref="VersionException">The sources are missing, a patch does not fit them, or the build failed.</exception>
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

    /// <summary>Copies the sources to <c>LABEL/source</c> in a folder.</summary>
    /// <returns>Path of the copy.</returns>
    /// <exception cref="VersionException">There are no sources.</exception>
    public static string CopySources(string folder, string label)
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
                $"Cannot build {project}: {ProjectRoot.Path} has no folder {project}. Run this in a clone of the project.");
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
