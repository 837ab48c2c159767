using PerfTests.Measurement.Benchmarks;

namespace PerfTests.Measurement.Tracing;

/// <summary>Work of a traced process, in a form that can be sent to it.</summary>
/// <param name="Sides">Benchmarks, which run one after the other. Each runs once in a repetition.</param>
/// <param name="Repetitions">Number of repetitions.</param>
internal sealed record TracedWork(IReadOnlyList<SubjectSpecification> Sides, int Repetitions);
