namespace PerfTests.Metrics;

/// <summary>One parameter of a row, beside the allocator: <c>segments</c> = 100.</summary>
/// <param name="Name">The name of the theory's argument, in lower case.</param>
/// <param name="Value">The value.</param>
public sealed record RowParameter(string Name, int Value)
{
    /// <summary>The benchmark class's property of the same name.</summary>
    public string PropertyName => char.ToUpperInvariant(Name[0]) + Name[1..];

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}={Value}");
}
