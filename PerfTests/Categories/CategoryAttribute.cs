using Xunit.v3;

namespace PerfTests.Categories;

/// <summary>
/// Adds the trait <c>Category</c> to a test, as the package Xunit.Categories does: <c>--filter Category=Perf</c> selects
/// <c>[Category("Perf")]</c>. PerfTests/README.md says why that package is not used.
/// </summary>
/// <param name="name">Name of the category.</param>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class CategoryAttribute(string name) : Attribute, ITraitAttribute
{
    private const string TraitName = "Category";

    /// <summary>Gets the category's name.</summary>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(TraitName, name)];
}
