using System.Globalization;
using System.Reflection;
using PerfTests.Metrics;
using PerfTests.Results;

namespace PerfTests.Reporting;

/// <summary>Test that measures a row, with the names by which a test framework identifies it.</summary>
/// <param name="AssemblyName">Name of the test assembly.</param>
/// <param name="ClassName">Full name of the test class.</param>
/// <param name="MethodName">Name of the method, which is the id of the metric.</param>
/// <param name="ParameterTypes">Full names of the method's parameter types.</param>
/// <param name="Arguments">Arguments of the theory's row, by name, in the order of the parameters.</param>
/// <param name="DisplayName">Name of the test in a Test Explorer.</param>
public sealed record TestIdentity(
    string AssemblyName,
    string ClassName,
    string MethodName,
    IReadOnlyList<string> ParameterTypes,
    IReadOnlyList<KeyValuePair<string, object?>> Arguments,
    string DisplayName)
{
    /// <summary>Class name for rows of metrics that the catalogue does not have.</summary>
    private const string UnknownClassName = "OtherMetrics";

    private static readonly string s_assembly = typeof(TestIdentity).Assembly.GetName().Name!;

    /// <summary>
    /// Theory methods of the metrics, by name. They are found by attribute, because this folder may not use the theory classes.
    /// </summary>
    private static readonly Dictionary<string, MethodInfo> s_theories = typeof(TestIdentity).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(method => method.IsDefined(typeof(MetricRowsAttribute)))
        .ToDictionary(method => method.Name, StringComparer.Ordinal);

    /// <summary>
    /// Returns the test that measures a row. If no test measures it, returns an invented test that is named after the row.
    /// </summary>
    public static TestIdentity Of(MetricResult row)
    {
        if (Find(row.Name) is { } known)
        {
            return Of(known);
        }

        var arguments = ArgumentsOf(row).ToArray();
        var metric = row.Metric ?? row.Name;
        var values = string.Join(
            ", ", arguments.Select(argument => string.Create(CultureInfo.InvariantCulture, $"{argument.Key}: {argument.Value}")));
        return new TestIdentity(
            s_assembly,
            $"{s_assembly}.Theories.{UnknownClassName}",
            metric,
            [.. arguments.Select(argument => argument.Value!.GetType().FullName!)],
            arguments,
            arguments.Length == 0 ? row.Name : $"{metric}({values})");
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

    /// <summary>Returns the row of the catalogue that a key of a results file names; null if there is none.</summary>
    public static ITheoryRow? Find(string key) =>
        Catalogue.Rows.FirstOrDefault(row => row.Key == key || row.QualifiedKey == key)
        ?? Catalogue.AnyMachineRows.FirstOrDefault(row => row.Key == key);

    private static IEnumerable<KeyValuePair<string, object?>> ArgumentsOf(MetricResult row)
    {
        if (row.Allocator is { } allocator)
        {
            yield return new("allocator", allocator);
        }

        foreach (var (name, value) in row.Parameters ?? new Dictionary<string, int>())
        {
            yield return new(name, value);
        }
    }
}
