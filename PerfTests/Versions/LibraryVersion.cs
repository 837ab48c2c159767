using PerfTests.ChildProcesses;

namespace PerfTests.Versions;

/// <summary>Build of Shm.Core and Shm.Arena.</summary>
/// <param name="Folder">Folder of the assemblies.</param>
/// <param name="Label">Name of the version in messages: a short hash or a folder.</param>
/// <param name="Commit">Commit that the version was built from; null for a folder and for the working tree.</param>
internal sealed record LibraryVersion(string Folder, string Label, string? Commit = null)
{
    /// <summary>File name of the assembly that every version has. Versions older than the arena have only this assembly.</summary>
    public const string RequiredAssembly = "Shm.Core.dll";

    /// <summary>Gets the version that the tests were built with.</summary>
    public static LibraryVersion WorkingTree { get; } = new(TestExecutable.Folder, "the working tree");

    /// <summary>Folder that a measurement plan loads this version from; null for the version that the process has loaded already.</summary>
    public string? FolderInPlans => this == WorkingTree ? null : Folder;

    /// <summary>Tells whether a folder contains a version.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, RequiredAssembly));
}
