namespace PerfTests.Measurement.Benchmarks;

/// <summary>
/// Something done to a benchmark to make it slower by a known amount, so that the suite can see whether it would
/// notice. The class wraps the benchmark; it lives with the suite's tests, and the libraries know nothing of it.
/// </summary>
/// <param name="TypeName">The full name of a class with a constructor (object scenario, Func&lt;long&gt; benchmark, double amount) and a method <c>long Run()</c>.</param>
/// <param name="Amount">How much slower, in the class's own unit.</param>
internal sealed record BenchmarkWrapper(string TypeName, double Amount);
