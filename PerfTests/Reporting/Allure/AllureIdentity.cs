using System.Collections;
using System.Globalization;
using System.Text.Json.Serialization;

namespace PerfTests.Reporting.Allure;

/// <summary>
/// What Allure knows a test by. History hangs on these ids, so they are those that the official C# adapter would
/// have written, byte by byte.
/// </summary>
/// <param name="FullName">The assembly, and the method with its parameters' types.</param>
/// <param name="TestCaseId">The test, whatever its arguments.</param>
/// <param name="HistoryId">The test with its arguments.</param>
/// <param name="TitlePath">Where the test stands in the tree of the assembly.</param>
public sealed record AllureIdentity(string FullName, string TestCaseId, string HistoryId, IReadOnlyList<string> TitlePath)
{
    /// <summary>The ids of a test.</summary>
    public static AllureIdentity Of(TestIdentity test)
    {
        ArgumentNullException.ThrowIfNull(test);
        var fullName = $"{test.AssemblyName}:{test.ClassName}.{test.MethodName}({string.Join(',', test.ParameterTypes)})";
        var values = test.Arguments.OrderBy(argument => argument.Key, StringComparer.Ordinal).Select(argument => Value(argument.Value));
        return new AllureIdentity(
            fullName,
            Digest.Md5(fullName),
            Digest.Md5(ReportJson.WriteCompact(new HistoryKey(fullName, [.. values]))),
            [test.AssemblyName, .. test.ClassName.Split('.')]);
    }

    /// <summary>An argument as Allure shows it: as JSON, so that text carries quotes.</summary>
    public static string Value(object? argument) => argument switch
    {
        null => "null",

        // Whatever has no plain form in JSON is shown as it names itself.
        string or bool or char or byte or sbyte or short or ushort or int or uint or long or ulong or decimal => ReportJson.WriteCompact(argument),
        double number when double.IsFinite(number) => ReportJson.WriteCompact(number),
        IEnumerable items => $"[{string.Join(',', items.Cast<object?>().Select(Value))}]",
        _ => ReportJson.WriteCompact(Convert.ToString(argument, CultureInfo.InvariantCulture)),
    };

    /// <summary>True if the argument's value says which it is, so that two rows do not look like one.</summary>
    public static bool HasPlainForm(object? argument) => argument is null or IConvertible or IEnumerable;

    // The names in the hashed JSON are the adapter's.
    private sealed record HistoryKey(
        [property: JsonPropertyName("fullName")] string FullName,
        [property: JsonPropertyName("parameters")] IReadOnlyList<string> Parameters);
}
