using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using PerfTests.Planting.Operations;
using Shm.Arena;
using Shm.Core;

namespace PerfTests.SelfTest.Coverage;

/// <summary>Finds the public operations of the libraries by reflection.</summary>
internal static class PublicOperations
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>All public operations that have code, ordered by name.</summary>
    public static IReadOnlyList<PublicOperation> All { get; } =
    [
        .. new[] { typeof(SegmentAllocator).Assembly, typeof(ShmArena).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .SelectMany(type => type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
            .Where(method => method.GetMethodBody() is not null)
            .Select(method => new PublicOperation(Operation.Of(method, CodeOf(method)), ExemptionOf(method)))
            .OrderBy(operation => operation.Operation.Name, StringComparer.Ordinal),
    ];

    /// <summary>Operations that must be guarded by a row.</summary>
    public static IReadOnlyList<Operation> Guarded { get; } =
        [.. All.Where(operation => operation.Exemption is null).Select(operation => operation.Operation)];

    /// <summary>
    /// Returns the method that contains the code. An iterator's code is in the method that computes the next element. A public method
    /// may return the iterator of an internal method with the same name.
    /// </summary>
    private static MethodBase CodeOf(MethodBase method)
    {
        var iterator = method is MethodInfo { ReturnType: { IsGenericType: true } type }
            && type.GetGenericTypeDefinition() == typeof(IEnumerable<>)
                ? method.Module.GetTypes().SelectMany(one => one.GetMethods(Declared | BindingFlags.NonPublic))
                    .Where(one => one.Name == method.Name)
                    .Select(one => one.GetCustomAttribute<IteratorStateMachineAttribute>())
                    .FirstOrDefault(one => one is not null)
                : null;
        return iterator?.StateMachineType.GetMethod("MoveNext", BindingFlags.NonPublic | BindingFlags.Instance) ?? method;
    }

    private static string? ExemptionOf(MethodBase method) =>
        method.IsDefined(typeof(CompilerGeneratedAttribute)) ? "the compiler generates it"
        : IsFieldRead(method) ? "it returns a field"
        : ExemptOperations.ReasonFor(method.DeclaringType!, method);

    /// <summary>Tells whether a method only returns a field: ldarg.0, ldfld, ret.</summary>
    private static bool IsFieldRead(MethodBase method)
    {
        var code = method.GetMethodBody()!.GetILAsByteArray()!;
        return code.Length == 7 && code[0] == OpCodes.Ldarg_0.Value && code[1] == OpCodes.Ldfld.Value && code[6] == OpCodes.Ret.Value;
    }
}

/// <summary>Public operation, with the reason why no row need guard it.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Exemption">Reason; null if a row must guard the operation.</param>
internal sealed record PublicOperation(Operation Operation, string? Exemption);
