namespace PerfTests.Model;

/// <summary>
/// Declares a unit of measure beside the metric that is measured in it. <see cref="MetricUnit.ByName"/> has the units of all
/// classes of this assembly that implement it and have a parameterless constructor.
/// </summary>
public interface IDeclaresUnit
{
    /// <summary>The unit.</summary>
    MetricUnit Unit { get; }
}
