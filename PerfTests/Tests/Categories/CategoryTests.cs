using FluentAssertions;
using Xunit;
using Xunit.v3;

namespace PerfTests.Tests.Categories;

/// <summary>Tests the attribute that gives a test its categories.</summary>
[Category("Running")]
[Category("Categories")]
public sealed class CategoryTests
{
    [Fact]
    public void GetTraits_CategoryAttribute_EqualTraitsOfTraitAttribute() =>
        new CategoryAttribute("Perf").GetTraits().Should().Equal(((ITraitAttribute)new TraitAttribute("Category", "Perf")).GetTraits());

    [Fact]
    [Category("Method")]
    public void Category_OnClassAndMethod_TestHasAllCategories() =>
        TestContext.Current.Test!.Traits["Category"].Should().BeEquivalentTo("Running", "Categories", "Method");

    [Fact]
    public void Category_OnAssembly_IsAllowed() =>
        typeof(CategoryAttribute).Should().BeDecoratedWith<AttributeUsageAttribute>(usage => usage.AllowMultiple
            && usage.ValidOn == (AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method));
}
