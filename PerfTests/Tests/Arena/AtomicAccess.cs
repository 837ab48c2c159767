using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace PerfTests.Tests.Arena;

/// <summary>Finds the types of an assembly that call <see cref="Interlocked"/> or <see cref="Volatile"/>.</summary>
internal static class AtomicAccess
{
    private const byte Call = 0x28;

    /// <summary>Returns the names of the types, without the nested types that the compiler generates.</summary>
    internal static string[] TypesIn(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        byte[][] calls = [.. AtomicMethods(metadata).Select(CallOf)];
        return
        [
            .. metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
                .Where(method => method.RelativeVirtualAddress != 0 && Contains(file.GetMethodBody(method.RelativeVirtualAddress), calls))
                .Select(method => metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name))
                .Distinct(),
        ];
    }

    private static byte[] CallOf(EntityHandle method) => [Call, .. BitConverter.GetBytes(MetadataTokens.GetToken(method))];

    private static bool Contains(MethodBodyBlock body, byte[][] calls)
    {
        var code = body.GetILBytes() ?? [];
        return Array.Exists(calls, call => code.AsSpan().IndexOf(call) >= 0);
    }

    /// <summary>
    /// Returns the references to methods of <see cref="Interlocked"/> and <see cref="Volatile"/>, and to their generic
    /// instances.
    /// </summary>
    private static IEnumerable<EntityHandle> AtomicMethods(MetadataReader metadata)
    {
        HashSet<EntityHandle> methods =
        [
            .. metadata.MemberReferences.Where(handle => IsAtomic(metadata, metadata.GetMemberReference(handle)))
                .Select(handle => (EntityHandle)handle),
        ];
        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.MethodSpec); row++)
        {
            var instance = MetadataTokens.MethodSpecificationHandle(row);
            if (methods.Contains(metadata.GetMethodSpecification(instance).Method))
            {
                methods.Add(instance);
            }
        }

        return methods;
    }

    private static bool IsAtomic(MetadataReader metadata, MemberReference member) =>
        member.Parent.Kind == HandleKind.TypeReference
        && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name)
            is nameof(Interlocked) or nameof(Volatile);
}
