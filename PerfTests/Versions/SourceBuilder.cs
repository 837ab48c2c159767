using PerfTests.Files;

namespace PerfTests.Versions;

/// <summary>
/// Builds the libraries from a copy of the project's own sources, with or without patches, for the self-test and the kill
/// test.
/// </summary>
internal static class SourceBuilder
{
    /// <summary>Builds a copy of the sources into a folder of its own below another.</summary>
    /// <param name="folder">The folder that the sources are copied to and the assemblies go to.</param>
    /// <param name="label">Name of this version in messages.</param>
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

    /// <summary>Copies the sources into a folder of their own below another.</summary>
    /// <returns>The folder of the copy.</returns>
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
