using System.Reflection;
using System.Runtime.Loader;

namespace PerfTests.Measurement.Benchmarks;

/// <summary>
/// The benchmarks and the libraries loaded once more, with code and statics of their own: another draw of the
/// layout, or another version of the libraries. It cannot be unloaded, because a collectible context makes
/// access to static fields 19 % slower, so the copies of a process are kept and used for every row.
/// </summary>
internal sealed class LayoutCopy(string libraryFolder) : AssemblyLoadContext($"copy of {libraryFolder}", isCollectible: false)
{
    private static readonly Assembly s_tests = typeof(LayoutCopy).Assembly;
    private static readonly Dictionary<(string Folder, int Copy), LayoutCopy> s_copies = [];

    /// <summary>This process's copy of that number.</summary>
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

    /// <summary>A benchmark class of this copy.</summary>
    public Type GetScenarioType(string fullName) =>
        LoadFromAssemblyPath(s_tests.Location).GetType(fullName, throwOnError: true)!;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == s_tests.GetName().Name)
        {
            return LoadFromAssemblyPath(s_tests.Location);
        }

        // Everything but the libraries under test is shared with the process.
        var isUnderTest = assemblyName.Name?.StartsWith("Shm.", StringComparison.Ordinal) == true;
        return isUnderTest ? LoadFromAssemblyPath(Path.Combine(libraryFolder, assemblyName.Name + ".dll")) : null;
    }
}
