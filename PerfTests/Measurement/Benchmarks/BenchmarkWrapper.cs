namespace PerfTests.Measurement.Benchmarks;

/// <summary>
/// Class that wraps a benchmark to slow it down by a known amount. The self-test uses this class to check that the suite
/// detects the slowdown. The class belongs to the test assembly, so the libraries stay unchanged.
/// </summary>
/// <param name="TypeName">
/// Full name of a class with a constructor (object scenario, Func&lt;long&gt; benchmark, double amount) and a method <c>long Run()</c>.
/// </param>
/// <param name="Amount">Size of the slowdown, in the unit that the class expects: nanoseconds or percent.</param>
internal sealed record BenchmarkWrapper(string TypeName, double Amount);
