using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Shm.Arena;

namespace PerfTests.Tests.Arena.Kill;

/// <summary>Finds the calls of <see cref="KillPoint"/> in an assembly's code.</summary>
internal static class KillPointCalls
{
    private const byte Call = 0x28, LoadShort = 0x1F, LoadZero = 0x16;

    /// <summary>Returns the crash windows that a build of the arena marks: one entry for each call.</summary>
    internal static CrashWindow[] In(string assembly) =>
        [.. Find(assembly).Where(call => call.Method == nameof(KillPoint.Hit)).Select(call => ArgumentBefore(call.Code, call.At))];

    /// <summary>Returns the names of the methods of <see cref="KillPoint"/> that other types call: one entry for each call.</summary>
    internal static string[] MethodsIn(string assembly) => [.. Find(assembly).Select(call => call.Method)];

    private static List<(string Method, byte[] Code, int At)> Find(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        MethodDefinitionHandle[] marks = [.. metadata.MethodDefinitions.Where(handle => IsOfKillPoint(metadata, handle))];
        var calls = new List<(string, byte[], int)>();
        foreach (var handle in metadata.MethodDefinitions.Except(marks))
        {
            var address = metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
            var code = address == 0 ? [] : file.GetMethodBody(address).GetILBytes() ?? [];
            foreach (var mark in marks)
            {
                byte[] call = [Call, .. BitConverter.GetBytes(MetadataTokens.GetToken(mark))];
                for (int at = 0, found; (found = code.AsSpan(at).IndexOf(call)) >= 0; at += found + call.Length)
                {
                    calls.Add((metadata.GetString(metadata.GetMethodDefinition(mark).Name), code, at + found));
                }
            }
        }

        return calls;
    }

    private static bool IsOfKillPoint(MetadataReader metadata, MethodDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(metadata.GetMethodDefinition(handle).GetDeclaringType());
        return metadata.StringComparer.Equals(type.Name, nameof(KillPoint));
    }

    /// <summary>
    /// Returns the constant that the instruction before a call loads. A constant from 0 to 8 has an opcode of its own
    /// (<c>ldc.i4.0</c> to <c>ldc.i4.8</c>); a larger one is the byte after the opcode <c>ldc.i4.s</c>.
    /// </summary>
    private static CrashWindow ArgumentBefore(byte[] code, int call) =>
        (CrashWindow)(code[call - 2] == LoadShort ? code[call - 1] : code[call - 1] - LoadZero);
}
