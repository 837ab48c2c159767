using System.Reflection;
using System.Runtime.Loader;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>
/// Another copy of the benchmarks and the libraries in this process, with its own code and statics: a new random layout of
/// the same version, or another version. A copy is never unloaded, because a collectible context slows access to static fields;
/// it serves every row that the process measures.
/// </summary>
internal sealed class LayoutCopy(string libraryFolder) : AssemblyLoadContext($"layout copy of {libraryFolder}", isCollectible: false)
{
    private static readonly Assembly s_tests = typeof(LayoutCopy).Assembly;
    private static readonly Dictionary<(string Folder, int Copy), LayoutCopy> s_copies = [];

    /// <summary>Gets a copy of the libraries in a folder; loads it when first asked for.</summary>
    /// <param name="libraryFolder">Folder of Shm.Core and Shm.Arena.</param>
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

        // All other assemblies are shared with the process.
        var isUnderTest = assemblyName.Name?.StartsWith("Shm.", StringComparison.Ordinal) == true;
        return isUnderTest ? LoadFromAssemblyPath(Path.Combine(libraryFolder, assemblyName.Name + ".dll")) : null;
    }
}
