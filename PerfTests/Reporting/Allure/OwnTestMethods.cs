using System.Reflection;

namespace PerfTests.Reporting.Allure;

/// <summary>The public methods of this assembly's classes, by the full names that Allure's results have.</summary>
internal static class OwnTestMethods
{
    private static readonly Assembly s_assembly = typeof(OwnTestMethods).Assembly;

    private static readonly Lazy<HashSet<string>> s_fullNames = new(() => s_assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public), AllureIdentity.FullNameOf)
        .ToHashSet(StringComparer.Ordinal));

    /// <summary>Tells whether a full name names this assembly.</summary>
    public static bool IsOfThisAssembly(string fullName) =>
        fullName.StartsWith($"{s_assembly.GetName().Name}:", StringComparison.Ordinal);

    /// <summary>Tells whether a class of this assembly has or inherits the method of a full name.</summary>
    public static bool Contains(string fullName) => s_fullNames.Value.Contains(fullName);
}
