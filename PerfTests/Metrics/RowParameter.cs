namespace PerfTests.Metrics;

/// <summary>Parameter of a row other than the allocator, such as <c>segments</c> = 100.</summary>
/// <param name="Name">Name of the theory's argument, in lower case.</param>
/// <param name="Value">Value of the argument.</param>
public sealed record RowParameter(string Name, int Value)
{
    /// <summary>Name of the property of the benchmark class that takes the value.</summary>
    public string PropertyName => char.ToUpperInvariant(Name[0]) + Name[1..];

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}={Value}");
}
