using System.Text.Json.Serialization;
using PerfTests.Measurement;
using PerfTests.Metrics;

namespace PerfTests.Results;

/// <summary>One figure. A file of the seed's shape has the first three keys only.</summary>
public sealed record MetricResult
{
    /// <summary>The key of the figure.</summary>
    [JsonRequired]
    public required string Name { get; init; }

    /// <summary>The figure, in its unit: from the smallest block median of all launches.</summary>
    [JsonRequired]
    public required double Value { get; init; }

    /// <summary>The unit's name.</summary>
    [JsonRequired]
    public required string Unit { get; init; }

    /// <summary>Which way the figure improves.</summary>
    public Direction? Direction { get; init; }

    /// <summary>How much worse than a stored baseline it may be, in percent.</summary>
    public double? TolerancePercent { get; init; }

    /// <summary>The metric.</summary>
    public string? Metric { get; init; }

    /// <summary>The metric in words.</summary>
    public string? Title { get; init; }

    /// <summary>The section of the reports.</summary>
    public MetricGroup? Group { get; init; }

    /// <summary>The allocator.</summary>
    public string? Allocator { get; init; }

    /// <summary>The row's other parameters.</summary>
    public IReadOnlyDictionary<string, int>? Parameters { get; init; }

    /// <summary>What was replayed, where the figure depends on it: figures of different workloads are not compared.</summary>
    public string? Workload { get; init; }

    /// <summary>In a baseline, where this figure comes from; null: from where the whole file does.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>What each process measured.</summary>
    public IReadOnlyList<LaunchResult>? Launches { get; init; }

    /// <summary>What the row's time went into.</summary>
    public IReadOnlyList<TimedStep>? Steps { get; init; }

    /// <summary>BenchmarkDotNet's own table, of the launch in the test process.</summary>
    public string? BenchmarkSummary { get; init; }

    /// <summary>What became of the figure.</summary>
    public JudgementResult? Judgement { get; init; }
}
