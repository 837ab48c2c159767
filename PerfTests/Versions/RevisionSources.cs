namespace PerfTests.Versions;

/// <summary>Takes the sources of the libraries at a commit out of git.</summary>
internal static class RevisionSources
{
    /// <summary>Writes them to a folder, laid out as the project has them; nothing is written to the repository.</summary>
    /// <param name="repository">The repository, asked in the project's folder.</param>
    /// <param name="commit">The full hash.</param>
    /// <param name="folder">An empty folder.</param>
    /// <exception cref="VersionException">Git does not have them; the message repeats what git said.</exception>
    public static void Write(GitRepository repository, string commit, string folder)
    {
        // A project that is a folder of a larger repository lies below the top of the commit's tree.
        var tree = $"{commit}:{repository.Prefix}";
        if (!repository.Try(out var names, out var problem, "ls-tree", "--full-tree", "--name-only", tree))
        {
            throw new VersionException(Text(commit, problem));
        }

        string[] there = [.. names.Split('\n', StringSplitOptions.TrimEntries).Intersect(LibraryBuild.Sources)];
        if (!there.Intersect(LibraryBuild.Projects).Any())
        {
            var place = repository.Prefix is { Length: > 0 } prefix ? prefix : "its top folder";
            throw new VersionException(Text(commit, $"it has none of {string.Join(", ", LibraryBuild.Projects)} in {place}"));
        }

        var index = $"{folder}.index";
        if (!repository.TryExtract(tree, there, folder, index, out problem))
        {
            throw new VersionException(Text(commit, problem));
        }

        File.Delete(index);
    }

    private static string Text(string commit, string problem) =>
        $"The sources of {RevisionBuilder.Label(commit)} cannot be taken from git, so there is nothing to compare with: "
        + $"{problem.TrimEnd('.')}. "
        + "Name a revision that git has here and that holds the libraries, or a folder of built assemblies.";
}
