using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Shm.Arena;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>Finds the calls of <see cref="KillPoint.Hit"/> in an assembly's code.</summary>
internal static class KillPointCalls
{
    private const byte Call = 0x28, LoadShort = 0x1F, LoadZero = 0x16;

    /// <summary>Returns the crash windows that a build of the arena marks: one entry for each call.</summary>
    internal static CrashWindow[] In(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var hit = metadata.MethodDefinitions.Single(handle => IsHit(metadata, handle));
        byte[] call = [Call, .. BitConverter.GetBytes(MetadataTokens.GetToken(hit))];
        var windows = new List<CrashWindow>();
        foreach (var handle in metadata.MethodDefinitions)
        {
            var address = metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
            var code = address == 0 ? [] : file.GetMethodBody(address).GetILBytes() ?? [];
            for (int at = 0, found; (found = code.AsSpan(at).IndexOf(call)) >= 0; at += found + call.Length)
            {
                windows.Add(ArgumentBefore(code, at + found));
            }
        }

        return [.. windows];
    }

    private static bool IsHit(MetadataReader metadata, MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        return metadata.StringComparer.Equals(method.Name, nameof(KillPoint.Hit))
            && metadata.StringComparer.Equals(metadata.GetTypeDefinition(method.GetDeclaringType()).Name, nameof(KillPoint));
    }

    /// <summary>
    /// Returns the constant that the instruction before a call loads. A constant from 0 to 8 has an opcode of its own
    /// (<c>ldc.i4.0</c> to <c>ldc.i4.8</c>); a larger one is the byte after the opcode <c>ldc.i4.s</c>.
    /// </summary>
    private static CrashWindow ArgumentBefore(byte[] code, int call) =>
        (CrashWindow)(code[call - 2] == LoadShort ? code[call - 1] : code[call - 1] - LoadZero);
}
