using System.Reflection;
using System.Runtime.Loader;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>
/// Another copy of the benchmarks and the libraries, loaded into this process with its own code and static fields. The copy has
/// the same version at other random addresses, or another version. A copy serves every row that the process measures. A copy is
/// never unloaded, because a collectible load context slows access to static fields.
/// </summary>
internal sealed class LayoutCopy(string libraryFolder) : AssemblyLoadContext($"layout copy of {libraryFolder}", isCollectible: false)
{
    private static readonly Assembly s_tests = typeof(LayoutCopy).Assembly;
    private static readonly Dictionary<(string Folder, int Copy), LayoutCopy> s_copies = [];

    /// <summary>Gets a layout copy of the libraries in a folder; the first call for a copy creates it.</summary>
    /// <param name="libraryFolder">Folder that contains Shm.Core and Shm.Arena.</param>
    /// <param name="copy">Number of the copy; each number has its own layout.</param>
    public static LayoutCopy Get(string libraryFolder, int copy)
    {
        lock (s_copies)
        {
            if (!s_copies.TryGetValue((libraryFolder, copy), out var existing))
            {
                existing = new LayoutCopy(libraryFolder);
                s_copies.Add((libraryFolder, copy), existing);
            }

            return existing;
        }
    }

    /// <summary>Gets a benchmark class of this copy.</summary>
    public Type GetScenarioType(string fullName) =>
        LoadFromAssemblyPath(s_tests.Location).GetType(fullName, throwOnError: true)!;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == s_tests.GetName().Name)
        {
            return LoadFromAssemblyPath(s_tests.Location);
        }

        // Apart from the tests and the libraries, a copy uses the assemblies that the process has loaded.
        var isUnderTest = assemblyName.Name?.StartsWith("Shm.", StringComparison.Ordinal) == true;
        return isUnderTest ? LoadFromAssemblyPath(Path.Combine(libraryFolder, assemblyName.Name + ".dll")) : null;
    }
}
