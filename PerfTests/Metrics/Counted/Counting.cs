namespace PerfTests.Metrics.Counted;

/// <summary>Instrument that counts the value of a row. <see cref="Measurement.RowCounter"/> operates it.</summary>
public abstract record Counting
{
    private Counting()
    {
    }

    /// <summary>Creates an instrument that calls a static method, which runs with the libraries under test.</summary>
    /// <param name="method">Static method of this assembly; it returns the value, and a few words on how it was counted.</param>
    public static Counting By(Func<(double Value, string Detail)> method) => new Method(_ => method(), method);

    /// <summary>
    /// Creates an instrument that calls a static method, which takes the allocator's name and runs with the libraries under test.
    /// </summary>
    /// <param name="method">Static method of this assembly; it returns the value, and a few words on how it was counted.</param>
    public static Counting By(Func<string, (double Value, string Detail)> method) => new Method(method, method);

    /// <summary>
    /// Method that counts. It returns a tuple of .NET types. A copy of this assembly that is loaded with other libraries has
    /// types of its own.
    /// </summary>
    /// <param name="Count">Counts with the libraries of this process, given the allocator's name.</param>
    /// <param name="Source">The declared method. A copy of this assembly uses it to find its own copy of the method.</param>
    public sealed record Method(Func<string, (double Value, string Detail)> Count, Delegate Source) : Counting;

    /// <summary>Bytes that a benchmark allocates on the managed heap.</summary>
    /// <param name="Row">Row of the benchmark.</param>
    public sealed record ManagedBytes(MetricRow Row) : Counting;

    /// <summary>System calls of a benchmark.</summary>
    /// <param name="Row">Row of the benchmark.</param>
    public sealed record SystemCalls(MetricRow Row) : Counting;

    /// <summary>Instructions of a benchmark.</summary>
    /// <param name="Row">
    /// Row of the benchmark. The benchmark class has a property <c>OperationsPerInvoke</c> that can be set before its setup.
    /// </param>
    /// <param name="Operations">Number of operations that are counted.</param>
    public sealed record Instructions(MetricRow Row, int Operations) : Counting;
}
