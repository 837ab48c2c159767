namespace PerfTests.Model;

/// <summary>
/// Declares the unit that a metric is measured in. <see cref="MetricUnit.ByName"/> contains the units of all classes of this
/// assembly that implement this interface and have a parameterless constructor.
/// </summary>
public interface IDeclaresUnit
{
    /// <summary>The unit.</summary>
    MetricUnit Unit { get; }
}
