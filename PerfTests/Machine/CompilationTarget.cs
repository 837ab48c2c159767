using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PerfTests.Machine;

/// <summary>
/// Runtime version and processor features. The just-in-time compiler chooses instructions by both, so counts of instructions are
/// compared only if both are the same.
/// </summary>
/// <param name="Runtime">Exact version of .NET.</param>
/// <param name="ProcessorFeatures">Instruction sets that the compiler may use, separated by spaces.</param>
public sealed record CompilationTarget(string Runtime, string ProcessorFeatures)
{
    private const string Namespace = "System.Runtime.Intrinsics.";

    /// <summary>Gets the target of this process.</summary>
    public static CompilationTarget Current { get; } = new(RuntimeInformation.FrameworkDescription, Features());

    private static string Features()
    {
        var supported = typeof(Vector128).Assembly.GetExportedTypes()
            .Where(type => !type.ContainsGenericParameters)
            .Where(type => type.FullName!.StartsWith(Namespace, StringComparison.Ordinal) && IsOn(type, "IsSupported"))
            .Select(type => type.FullName![Namespace.Length..].Split('.')[^1].Replace('+', '.'))
            .Where(name => !name.EndsWith("64", StringComparison.Ordinal));
        var vectors = new[] { typeof(Vector128), typeof(Vector256), typeof(Vector512) }
            .Where(type => IsOn(type, "IsHardwareAccelerated"))
            .Select(type => type.Name);
        return string.Join(' ', [.. supported.Order(StringComparer.Ordinal), .. vectors]);
    }

    private static bool IsOn(Type type, string property) =>
        type.GetProperty(property, BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)?.GetValue(null) is true;
}
