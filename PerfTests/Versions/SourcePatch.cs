using System.ComponentModel;
using PerfTests.ChildProcesses;

namespace PerfTests.Versions;

/// <summary>
/// Applies patch files to a copy of the project's sources. git finds the changed lines by their text, even if they have moved
/// within the file. The text before the first file name in a patch file is its description.
/// </summary>
internal static class SourcePatch
{
    /// <summary>Applies a patch.</summary>
    /// <param name="patch">The patch file.</param>
    /// <param name="source">The folder of the copied sources.</param>
    /// <exception cref="VersionException">The patch does not fit the sources, or git cannot be run.</exception>
    public static void Apply(string patch, string source)
    {
        var (exitCode, output) = Run(patch, source);
        if (exitCode != 0)
        {
            throw new VersionException(
                $"Cannot apply {Path.GetFileName(patch)} to the sources: git apply exited with code {exitCode}.\n{output.Trim()}\n"
                + "The sources have changed since the patch was written: make the same change again and store its diff.");
        }
    }

    private static (int ExitCode, string Output) Run(string patch, string source)
    {
        try
        {
            var environment = GitEnvironment.Changes();

            // Inside a repository, git would read the paths in a patch as paths from the repository's top, and would silently skip other
            // files. The ceiling hides any repository around the folder.
            environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(Path.GetFullPath(source));
            var (exitCode, _, all) = ExternalProgram.Run(
                "git", ["apply", "--unidiff-zero", "--whitespace=nowarn", patch], source, environment);
            return (exitCode, all);
        }
        catch (Win32Exception e)
        {
            throw new VersionException(
                $"Cannot apply {Path.GetFileName(patch)} to the sources: git cannot be run ({e.Message}). Install git.");
        }
    }
}
