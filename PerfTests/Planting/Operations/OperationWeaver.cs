using System.Diagnostics;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using PerfTests.Versions;

namespace PerfTests.Planting.Operations;

/// <summary>
/// Writes changed copies of the built libraries: with a slowdown in one operation, or with a probe in every operation. A change
/// of the intermediate language takes milliseconds, where a build of the sources takes seconds.
/// </summary>
internal static class OperationWeaver
{
    /// <summary>Writes a copy in which each call of an operation begins with a loop.</summary>
    /// <param name="version">Version to copy.</param>
    /// <param name="folder">Folder for the copy, which is created.</param>
    /// <param name="operation">Operation to slow down.</param>
    /// <param name="iterations">Number of iterations of the loop, see <see cref="SlowLoop"/>.</param>
    public static LibraryVersion Slow(LibraryVersion version, string folder, Operation operation, int iterations)
    {
        Write(version, folder, (file, module) =>
        {
            if (file == operation.Assembly)
            {
                AddLoop(MethodOf(module, operation), iterations);
            }
        });
        return new LibraryVersion(folder, $"{operation.Name} slowed");
    }

    /// <summary>Writes a copy in which each operation calls <see cref="OperationProbe"/>.</summary>
    /// <param name="version">Version to copy.</param>
    /// <param name="folder">Folder for the copy, which is created.</param>
    /// <param name="operations">Operations; the index of an operation in this list is its number.</param>
    public static LibraryVersion Instrument(LibraryVersion version, string folder, IReadOnlyList<Operation> operations)
    {
        Write(version, folder, (file, module) =>
        {
            for (var index = 0; index < operations.Count; index++)
            {
                if (file == operations[index].Assembly)
                {
                    AddProbe(MethodOf(module, operations[index]), index);
                }
            }
        });
        return new LibraryVersion(folder, "instrumented");
    }

    private static void Write(LibraryVersion version, string folder, Action<string, ModuleDefinition> change)
    {
        Directory.CreateDirectory(folder);
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(version.Folder);
        foreach (var project in LibraryBuild.Projects)
        {
            var file = project + ".dll";
            using var module = ModuleDefinition.ReadModule(
                Path.Combine(version.Folder, file), new ReaderParameters { AssemblyResolver = resolver });
            change(file, module);
            module.Write(Path.Combine(folder, file));
        }
    }

    private static MethodDefinition MethodOf(ModuleDefinition module, Operation operation) =>
        module.LookupToken(operation.Token) is MethodDefinition method && method.Name == operation.Code
            ? method
            : throw new ArgumentException($"{module.FileName} is another build than the one that {operation.Name} was found in.");

    private static void AddLoop(MethodDefinition method, int iterations)
    {
        var body = method.Body;
        body.SimplifyMacros();
        var (module, il) = (method.Module, body.GetILProcessor());
        var left = new VariableDefinition(module.TypeSystem.Int32);
        body.Variables.Add(left);
        body.InitLocals = true;
        var first = body.Instructions[0];
        var condition = il.Create(OpCodes.Ldloc, left);
        var repeat = il.Create(OpCodes.Ldloc, left);

        // The compiler does not know the value of the field, so it does not unroll the loop.
        foreach (var instruction in new[]
        {
            il.Create(OpCodes.Ldc_I4, iterations), il.Create(OpCodes.Ldsfld, FurtherIterationsOf(module)), il.Create(OpCodes.Add),
            il.Create(OpCodes.Stloc, left), il.Create(OpCodes.Br, condition),
            repeat, il.Create(OpCodes.Ldc_I4_1), il.Create(OpCodes.Sub), il.Create(OpCodes.Stloc, left),
            condition, il.Create(OpCodes.Ldc_I4_0), il.Create(OpCodes.Bgt, repeat),
        })
        {
            il.InsertBefore(first, instruction);
        }

        body.OptimizeMacros();
    }

    private static FieldDefinition FurtherIterationsOf(ModuleDefinition module)
    {
        const TypeAttributes Static = TypeAttributes.Class | TypeAttributes.Sealed | TypeAttributes.Abstract;
        var type = new TypeDefinition(string.Empty, SlowLoop.TypeName, Static, module.TypeSystem.Object);
        var field = new FieldDefinition(
            SlowLoop.FieldName, FieldAttributes.Public | FieldAttributes.Static, module.TypeSystem.Int32);
        type.Fields.Add(field);
        module.Types.Add(type);
        return field;
    }

    private static void AddProbe(MethodDefinition method, int number)
    {
        var body = method.Body;
        body.SimplifyMacros();
        var (module, il) = (method.Module, body.GetILProcessor());
        var start = new VariableDefinition(module.TypeSystem.Int64);
        body.Variables.Add(start);
        var leave = module.ImportReference(typeof(OperationProbe).GetMethod(nameof(OperationProbe.Leave)));
        var clock = module.ImportReference(typeof(Stopwatch).GetMethod(nameof(Stopwatch.GetTimestamp)));
        foreach (var exit in body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Ret).ToArray())
        {
            // The instruction is changed in place, because jumps may lead to it.
            (exit.OpCode, exit.Operand) = (OpCodes.Ldc_I4, number);
            var load = il.Create(OpCodes.Ldloc, start);
            var call = il.Create(OpCodes.Call, leave);
            il.InsertAfter(exit, load);
            il.InsertAfter(load, call);
            il.InsertAfter(call, il.Create(OpCodes.Ret));
        }

        var first = body.Instructions[0];
        il.InsertBefore(first, il.Create(OpCodes.Call, clock));
        il.InsertBefore(first, il.Create(OpCodes.Stloc, start));
        body.OptimizeMacros();
    }
}
