using System.ComponentModel;
using PerfTests.Baselines;
using PerfTests.Versions;

namespace PerfTests.Running;

/// <summary>Built libraries of the <see cref="ReferenceCommit"/>.</summary>
/// <param name="Version">Built version, or null if there is none.</param>
/// <param name="Text">Commit and reason for the choice. If there is no version: the reason, and what to do.</param>
/// <param name="IsWorkingTree">
/// True if the libraries of the version equal those of the working tree, so that pairing with the version is an A/A control.
/// </param>
/// <param name="IsMissing">True if there is no commit to pair with. False if there is one, even if it cannot be built.</param>
internal sealed record ReferenceVersion(LibraryVersion? Version, string Text, bool IsWorkingTree = false, bool IsMissing = false)
{
    /// <summary>Chooses and builds the version.</summary>
    /// <param name="folder">Folder of the baselines.</param>
    /// <param name="progress">Shows a message before each step that takes long.</param>
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
