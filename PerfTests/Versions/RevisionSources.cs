namespace PerfTests.Versions;

/// <summary>Extracts the sources of the libraries at a commit from git.</summary>
internal static class RevisionSources
{
    /// <summary>Writes the sources to a folder, in the project's layout. Writes nothing to the repository.</summary>
    /// <param name="repository">Repository, opened in the project's folder.</param>
    /// <param name="commit">Full hash of the commit.</param>
    /// <param name="folder">Empty folder to write to.</param>
    /// <exception cref="VersionException">The commit does not exist or has no libraries; the message quotes git.</exception>
    public static void Write(GitRepository repository, string commit, string folder)
    {
        // The project may be a folder of a larger repository: then its tree is below the top of the commit's tree.
        var tree = $"{commit}:{repository.Prefix}";
        if (!repository.Try(out var names, out var problem, "ls-tree", "--full-tree", "--name-only", tree))
        {
            throw new VersionException(Text(commit, problem));
        }

        string[] present = [.. names.Split('\n', StringSplitOptions.TrimEntries).Intersect(LibraryBuild.Sources)];
        if (!present.Intersect(LibraryBuild.Projects).Any())
        {
            var place = repository.Prefix is { Length: > 0 } prefix ? prefix : "the top folder";
            throw new VersionException(Text(commit, $"the commit has none of {string.Join(", ", LibraryBuild.Projects)} in {place}"));
        }

        var index = $"{folder}.index";
        if (!repository.TryExtract(tree, present, folder, index, out problem))
        {
            throw new VersionException(Text(commit, problem));
        }

        File.Delete(index);
    }

    private static string Text(string commit, string problem) =>
        $"The sources of {RevisionBuilder.Label(commit)} cannot be read from git, so there is nothing to compare with: "
        + $"{problem.TrimEnd('.')}. "
        + "Name a revision that exists in this repository and contains the libraries, or a folder of built assemblies.";
}
