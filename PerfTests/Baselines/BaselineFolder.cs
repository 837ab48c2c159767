using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Results;

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

    /// <summary>
    /// The commits that the values of the committed baselines were measured at, with the file that names them. A file that
    /// cannot be used names none: it is refused where it is needed.
    /// </summary>
    public IEnumerable<(string Commit, string FileName)> Commits()
    {
        foreach (var name in Names())
        {
            foreach (var commit in CommitsOf(Find(name)))
            {
                yield return (commit, name);
            }
        }
    }

    private static string[] CommitsOf(string path)
    {
        try
        {
            var document = ResultsFile.Read(path);
            return
            [
                .. document.Metrics.Values.Select(figure => BaselineRecorder.ProvenanceOf(document, figure))
                    .Where(origin => !origin.GitDirty && origin.GitCommit is { Length: > 0 })
                    .Select(origin => origin.GitCommit!)
                    .Distinct(StringComparer.Ordinal),
            ];
        }
        catch (ResultsFileException)
        {
            return [];
        }
    }

    /// <summary>The names of the baselines in this folder, for messages.</summary>
    public IReadOnlyList<string> Names() => Directory.Exists(Path)
        ? [.. Directory.EnumerateFiles(Path, "*.json").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)]
        : [];
}
