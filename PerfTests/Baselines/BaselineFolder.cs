using PerfTests.Files;
using PerfTests.Machine;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Baselines;

/// <summary>Folders of baselines.</summary>
/// <param name="Path">The folder of the committed baselines.</param>
public sealed record BaselineFolder(string Path)
{
    /// <summary>Gets the folder of this project's baselines.</summary>
    public static BaselineFolder OfProject { get; } = new(ProjectRoot.Resolve("baselines"));

    /// <summary>The folder of the baselines that a pipeline keeps between its runs; null outside a pipeline.</summary>
    public string? KeptPath { get; init; }

    /// <summary>Returns the path of the committed baseline of a machine class.</summary>
    public string Committed(MachineClass machine) => System.IO.Path.Combine(Path, $"{machine.Id}.json");

    /// <summary>
    /// Returns the path of the baseline of a machine class that a pipeline keeps between its runs; null outside a pipeline.
    /// </summary>
    public string? Kept(MachineClass machine) => KeptPath is null ? null : System.IO.Path.Combine(KeptPath, $"{machine.Id}.json");

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
    /// Lists the commits at which the values of the accepted baselines were measured, each with the name of the baseline. A file that
    /// cannot be used is skipped; only a run that is compared with this file reports the error.
    /// </summary>
    public IEnumerable<(string Commit, string FileName)> Commits()
    {
        foreach (var path in Files(Path).Concat(Files(KeptPath)))
        {
            foreach (var commit in CommitsOf(path))
            {
                yield return (commit, System.IO.Path.GetFileNameWithoutExtension(path));
            }
        }
    }

    /// <summary>Lists the names of the baselines in this folder, for messages.</summary>
    public IReadOnlyList<string> Names() => [.. Files(Path).Select(file => System.IO.Path.GetFileNameWithoutExtension(file))];

    private static IEnumerable<string> Files(string? folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
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
