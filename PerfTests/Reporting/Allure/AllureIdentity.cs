using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// Ids by which Allure identifies a test and finds its history. They equal the ids that the official C# adapter computes, byte by
/// byte.
/// </summary>
/// <param name="FullName">Name of the assembly, and name of the method with its parameter types.</param>
/// <param name="TestCaseId">Id of the method, without arguments.</param>
/// <param name="HistoryId">Id of the method with its arguments.</param>
/// <param name="TitlePath">Path of the test in the tree of the assembly.</param>
public sealed record AllureIdentity(string FullName, string TestCaseId, string HistoryId, IReadOnlyList<string> TitlePath)
{
    /// <summary>Computes the ids of a test.</summary>
    public static AllureIdentity Of(TestIdentity test)
    {
        ArgumentNullException.ThrowIfNull(test);
        var fullName = FullNameOf(test.AssemblyName, test.ClassName, test.MethodName, test.ParameterTypes);
        var values = test.Arguments.OrderBy(argument => argument.Key, StringComparer.Ordinal).Select(argument => Value(argument.Value));
        return new AllureIdentity(
            fullName,
            Digest.Md5(fullName),
            Digest.Md5(ReportJson.WriteCompact(new HistoryKey(fullName, [.. values]))),
            [test.AssemblyName, .. test.ClassName.Split('.')]);
    }

    /// <summary>Returns the full name of the test that a method of a class is.</summary>
    public static string FullNameOf(Type testClass, MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(testClass);
        ArgumentNullException.ThrowIfNull(method);
        var types = method.GetParameters().Select(parameter => parameter.ParameterType.FullName ?? parameter.ParameterType.Name);
        return FullNameOf(testClass.Assembly.GetName().Name!, testClass.FullName!, method.Name, types);
    }

    /// <summary>Returns an argument as JSON, which is how Allure shows it: a string has quotes.</summary>
    public static string Value(object? argument) => argument switch
    {
        null => "null",
        string or bool or char or byte or sbyte or short or ushort or int or uint or long or ulong or decimal =>
            ReportJson.WriteCompact(argument),
        double number when double.IsFinite(number) => ReportJson.WriteCompact(number),
        IEnumerable items => $"[{string.Join(',', items.Cast<object?>().Select(Value))}]",

        // A value of any other type is shown as the text that .NET converts the value to.
        _ => ReportJson.WriteCompact(Convert.ToString(argument, CultureInfo.InvariantCulture)),
    };

    /// <summary>Tells whether different values of an argument have different texts. Otherwise two rows would get the same id.</summary>
    public static bool HasPlainForm(object? argument) => argument is null or IConvertible or IEnumerable;

    private static string FullNameOf(string assembly, string testClass, string method, IEnumerable<string> parameterTypes) =>
        $"{assembly}:{testClass}.{method}({string.Join(',', parameterTypes)})";

    // The official adapter hashes JSON with these property names.
    private sealed record HistoryKey(
        [property: JsonPropertyName("fullName")] string FullName,
        [property: JsonPropertyName("parameters")] IReadOnlyList<string> Parameters);
}
