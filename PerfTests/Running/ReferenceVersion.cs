using System.ComponentModel;
using PerfTests.Baselines;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>The libraries of the <see cref="ReferenceCommit"/>, built.</summary>
/// <param name="Version">The built version, or null if there is none.</param>
/// <param name="Text">Which commit it is and why, or why there is none and what to do.</param>
/// <param name="IsWorkingTree">True if its libraries are those of the working tree: pairing is then an A/A test of the machine.</param>
/// <param name="IsMissing">True if there is no commit to pair with, and not only a fault in building it.</param>
internal sealed record ReferenceVersion(LibraryVersion? Version, string Text, bool IsWorkingTree = false, bool IsMissing = false)
{
    /// <summary>Chooses and builds the version.</summary>
    /// <param name="folder">The baselines.</param>
    /// <param name="progress">Is told what takes long.</param>
    public static ReferenceVersion Find(BaselineFolder folder, Action<string> progress)
    {
        var chosen = ReferenceCommit.Choose(Git.Project, folder);
        if (chosen.Hash is not { } commit)
        {
            return new ReferenceVersion(null, chosen.Text, IsMissing: true);
        }

        try
        {
            var version = RevisionBuilder.Build(commit, progress);
            return new ReferenceVersion(version, $"{version.Label} is {chosen.Text}", !Git.LibrariesDiffer(commit));
        }
        catch (Exception e) when (e is VersionException or IOException or UnauthorizedAccessException or Win32Exception)
        {
            return new ReferenceVersion(null, $"{commit[..7]}, {chosen.Text}, cannot be built: {e.Message}");
        }
    }
}
