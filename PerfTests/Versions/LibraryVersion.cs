using PerfTests.ChildProcesses;

namespace PerfTests.Versions;

/// <summary>A build of Shm.Core and Shm.Arena.</summary>
/// <param name="Folder">The folder of the assemblies.</param>
/// <param name="Label">What a person calls it: a commit, or a folder.</param>
/// <param name="Commit">The commit that it was built from; null for a folder, and for the working tree.</param>
internal sealed record LibraryVersion(string Folder, string Label, string? Commit = null)
{
    /// <summary>The assemblies that make a version; one made before the arena existed has the first only.</summary>
    public const string RequiredAssembly = "Shm.Core.dll";

    /// <summary>The one that the tests were built with.</summary>
    public static LibraryVersion WorkingTree { get; } = new(TestExecutable.Folder, "the working tree");

    /// <summary>Where a plan takes this version from; null: the libraries that are loaded already.</summary>
    public string? FolderInPlans => this == WorkingTree ? null : Folder;

    /// <summary>True if a folder holds a build.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, RequiredAssembly));
}
