using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>Folder of baselines.</summary>
/// <param name="Path">The folder of the committed baselines.</param>
public sealed record BaselineFolder(string Path)
{
    /// <summary>Gets the folder of this project's baselines.</summary>
    public static BaselineFolder OfProject { get; } = new(ProjectRoot.Resolve("baselines"));

    /// <summary>Returns the path of the committed baseline of a machine class.</summary>
    public string Committed(MachineClass machine) => System.IO.Path.Combine(Path, $"{machine.Id}.json");

    /// <summary>Returns the path of the baseline that this machine records for itself. This file is never committed.</summary>
    public string Local(MachineClass machine) => System.IO.Path.Combine(Path, "local", $"{machine.Id}.json");

    /// <summary>
    /// Returns the path of the baseline that a user gives as a path, or as a name in this folder with or without <c>.json</c>.
    /// </summary>
    public string Find(string pathOrName)
    {
        string[] candidates =
        [
            ProjectRoot.Resolve(pathOrName),
            System.IO.Path.Combine(Path, pathOrName),
            System.IO.Path.Combine(Path, pathOrName + ".json"),
        ];
        var isPath = pathOrName.Contains(System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return Array.Find(candidates, File.Exists) ?? candidates[isPath ? 0 : 2];
    }

    /// <summary>
    /// Lists the commits at which the values of the committed baselines were measured, each with the name of the baseline. A file that
    /// cannot be used is skipped; only a run that is compared with this file reports the error.
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

    /// <summary>Lists the names of the baselines in this folder, for messages.</summary>
    public IReadOnlyList<string> Names() => Directory.Exists(Path)
        ?
        [
            .. Directory.EnumerateFiles(Path, "*.json")
                .Select(file => System.IO.Path.GetFileNameWithoutExtension(file))
                .Order(StringComparer.Ordinal),
        ]
        : [];

    private static string[] CommitsOf(string path)
    {
        try
        {
            var document = ResultsFile.Read(path, CatalogueKeys.Known);
            return
            [
                .. document.Metrics.Values.Select(stored => BaselineRecorder.ProvenanceOf(document, stored))
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
}
