using System.Text.Json.Serialization;
using PerfTests.Machine;

namespace PerfTests.Results;

/// <summary>Commit, machine and circumstances of a run. Contains no absolute path, unless a setting of the run names one.</summary>
public sealed record ResultsMetadata
{
    /// <summary>
    /// Identifier of the run. Results in other files belong to this run only if they have the same identifier; null in files of earlier
    /// versions.
    /// </summary>
    public string? RunId { get; init; }

    /// <summary>Commit that was measured; null outside a git repository.</summary>
    public string? GitCommit { get; init; }

    /// <summary>True if the working tree had changes that the commit lacks.</summary>
    public bool GitDirty { get; init; }

    /// <summary>Name of the machine class, made from <see cref="Machine"/>.</summary>
    public string? MachineClass { get; init; }

    /// <summary>Properties that define the machine class.</summary>
    public MachineClass? Machine { get; init; }

    /// <summary>Exact version of .NET.</summary>
    public string? Runtime { get; init; }

    /// <summary>Conditions on the machine that made the values less reliable.</summary>
    public IReadOnlyList<string>? Disturbances { get; init; }

    /// <summary>True if a condition on the machine or in the process made all values unusable.</summary>
    public bool IsUntrusted { get; init; }

    /// <summary>Version that every row was paired with; null if the run was not paired as a whole.</summary>
    public string? Baseline { get; init; }

    /// <summary>Version that was measured; null for the working tree.</summary>
    public string? Candidate { get; init; }

    /// <summary>
    /// Further settings of the run that change what is measured or compared: values by the name of the variable, as the user gave them.
    /// Null if none was set.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>Number of requested rows; null if the file does not store it.</summary>
    public int? RowsAskedFor { get; init; }

    /// <summary>Number of rows that have ended, with or without a value.</summary>
    public int? RowsEnded { get; init; }

    /// <summary>True if the run ended before its last row, or has not ended yet.</summary>
    [JsonIgnore]
    public bool IsInterrupted => RowsEnded < RowsAskedFor;
}
