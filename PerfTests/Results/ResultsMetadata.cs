using System.Text.Json.Serialization;
using PerfTests.Machine;

namespace PerfTests.Results;

/// <summary>Where figures come from. No absolute path is part of it.</summary>
public sealed record ResultsMetadata
{
    /// <summary>The commit that was measured, as git names it; null outside a repository.</summary>
    public string? GitCommit { get; init; }

    /// <summary>True if there were changes that the commit does not have.</summary>
    public bool GitDirty { get; init; }

    /// <summary>The name of the machine class, see <see cref="Machine"/>.</summary>
    public string? MachineClass { get; init; }

    /// <summary>What the machine class is made of.</summary>
    public MachineClass? Machine { get; init; }

    /// <summary>The exact version of .NET.</summary>
    public string? Runtime { get; init; }

    /// <summary>What was found on the machine that makes the figures worth less.</summary>
    public IReadOnlyList<string>? Disturbances { get; init; }

    /// <summary>True if something on the machine or in the process made every figure worthless.</summary>
    public bool IsUntrusted { get; init; }

    /// <summary>The version that everything was paired with, or null.</summary>
    public string? Base { get; init; }

    /// <summary>The version that was measured, where it is not the working tree's.</summary>
    public string? Candidate { get; init; }

    /// <summary>Number of rows that the run was asked for; null in files that do not say so.</summary>
    public int? RowsAskedFor { get; init; }

    /// <summary>Number of rows that have ended, whether or not they have a value.</summary>
    public int? RowsEnded { get; init; }

    /// <summary>True if the run was ended before its last row, or is still under way.</summary>
    [JsonIgnore]
    public bool IsInterrupted => RowsEnded < RowsAskedFor;
}
