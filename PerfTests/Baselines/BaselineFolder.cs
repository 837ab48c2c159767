using PerfTests.Measurement.Machine;

namespace PerfTests.Baselines;

/// <summary>Where baselines lie.</summary>
/// <param name="Path">The folder of the committed baselines.</param>
public sealed record BaselineFolder(string Path)
{
    /// <summary>The project's own.</summary>
    public static BaselineFolder OfProject { get; } = new(ProjectRoot.Resolve("baselines"));

    /// <summary>The committed baseline of a machine class.</summary>
    public string Committed(MachineClass machine) => System.IO.Path.Combine(Path, $"{machine.Id}.json");

    /// <summary>What this machine recorded for itself; never committed.</summary>
    public string Local(MachineClass machine) => System.IO.Path.Combine(Path, "local", $"{machine.Id}.json");

    /// <summary>The file that a person means: a path, or a name in this folder with or without its ending.</summary>
    public string Find(string pathOrName)
    {
        string[] candidates =
        [
            ProjectRoot.Resolve(pathOrName),
            System.IO.Path.Combine(Path, pathOrName),
            System.IO.Path.Combine(Path, pathOrName + ".json"),
        ];
        return Array.Find(candidates, File.Exists) ?? candidates[pathOrName.Contains(System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal) ? 0 : 2];
    }

    /// <summary>The names of the baselines in this folder, for messages.</summary>
    public IReadOnlyList<string> Names() => Directory.Exists(Path)
        ? [.. Directory.EnumerateFiles(Path, "*.json").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
        : [];
}
