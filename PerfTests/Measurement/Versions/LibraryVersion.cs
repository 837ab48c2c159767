using PerfTests.Measurement.Benchmarks;

namespace PerfTests.Measurement.Versions;

/// <summary>A build of Shm.Core and Shm.Arena.</summary>
/// <param name="Folder">The folder of the assemblies.</param>
/// <param name="Label">What a person calls it: a commit, or a folder.</param>
internal sealed record LibraryVersion(string Folder, string Label)
{
    /// <summary>The assemblies that make a version; one made before the arena existed has the first only.</summary>
    public const string RequiredAssembly = "Shm.Core.dll";

    /// <summary>The one that the tests were built with.</summary>
    public static LibraryVersion Own { get; } = new(LibraryCopy.OwnFolder, "the working tree");

    /// <summary>True if a folder holds a build.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, RequiredAssembly));
}
