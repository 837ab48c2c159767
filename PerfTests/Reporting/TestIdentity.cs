using System.Globalization;
using System.Reflection;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Which test a figure belongs to, as a test framework names it.</summary>
/// <param name="AssemblyName">The test assembly.</param>
/// <param name="ClassName">The test class, with its namespace.</param>
/// <param name="MethodName">The method; for a metric, its id.</param>
/// <param name="ParameterTypes">The full names of the types of the method's parameters.</param>
/// <param name="Arguments">The arguments of the theory's row, by name and in order.</param>
/// <param name="DisplayName">The name in a Test Explorer.</param>
public sealed record TestIdentity(
    string AssemblyName,
    string ClassName,
    string MethodName,
    IReadOnlyList<string> ParameterTypes,
    IReadOnlyList<KeyValuePair<string, object?>> Arguments,
    string DisplayName)
{
    /// <summary>Where a figure of a metric that the catalogue does not have is put.</summary>
    private const string UnknownClassName = "PerfTests.Theories.OtherMetrics";

    private static readonly string s_assembly = typeof(TestIdentity).Assembly.GetName().Name!;

    private static readonly Dictionary<string, MethodInfo> s_theories = typeof(TestIdentity).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(method => method.IsDefined(typeof(MetricRowsAttribute)))
        .ToDictionary(method => method.Name, StringComparer.Ordinal);

    /// <summary>The test that measures a figure. A file may have figures that no test measures; they get a name alike.</summary>
    public static TestIdentity Of(MetricResult figure)
    {
        if (Find(figure.Name) is { } row)
        {
            return Of(row);
        }

        var arguments = ArgumentsOf(figure).ToArray();
        return new TestIdentity(
            s_assembly,
            UnknownClassName,
            figure.Metric ?? figure.Name,
            [.. arguments.Select(argument => argument.Value!.GetType().FullName!)],
            arguments,
            arguments.Length == 0
                ? figure.Name
                : $"{figure.Metric ?? figure.Name}({string.Join(", ", arguments.Select(argument => string.Create(CultureInfo.InvariantCulture, $"{argument.Key}: {argument.Value}")))})");
    }

    /// <summary>Returns the test that measures a row of the catalogue.</summary>
    public static TestIdentity Of(ITheoryRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var theory = s_theories[row.MetricId];
        return new TestIdentity(
            s_assembly,
            theory.DeclaringType!.FullName!,
            theory.Name,
            [.. theory.GetParameters().Select(parameter => parameter.ParameterType.FullName!)],
            [.. row.Arguments.Select(argument => KeyValuePair.Create(argument.Key, (object?)argument.Value))],
            row.TestDisplayName);
    }

    /// <summary>The row of the catalogue that a key of a results file means, or null.</summary>
    public static ITheoryRow? Find(string key) =>
        Catalogue.Rows.FirstOrDefault(row => row.Key == key || row.QualifiedKey == key)
        ?? Catalogue.AnyMachineRows.FirstOrDefault(row => row.Key == key);

    private static IEnumerable<KeyValuePair<string, object?>> ArgumentsOf(MetricResult figure)
    {
        if (figure.Allocator is { } allocator)
        {
            yield return new("allocator", allocator);
        }

        foreach (var (name, value) in figure.Parameters ?? new Dictionary<string, int>())
        {
            yield return new(name, value);
        }
    }
}
