using FluentAssertions;
using PerfTests.Measurement.Instructions;
using Xunit;

namespace PerfTests.Tests.Instructions;

/// <summary>Tests naming the method of an instruction.</summary>
[Category("Instructions")]
public sealed class MethodMapTests
{
    private static readonly MethodMap s_map = MethodMap.Parse(
    [
        "0x2000 10 void [Shm.Core] Shm.Core.Table`1[System.__Canon]::Add(!0)",
        "not a method",
        "0x1000 100 bool [Shm.Arena] Shm.Arena.ShmArena::TryResolve(uint64,int64,native int&)",
        "0x3000 10 GenerateLookupStub<GenerateLookupStub>",
        "0x4000 10 class [System.Runtime]System.Func`1<int64> [PerfTests] PerfTests.Outer+Inner::.ctor(class [Shm.Core]Shm.Core.Block)",
    ]);

    [Theory]
    [InlineData(0x1000, "ShmArena.TryResolve")]
    [InlineData(0x10FF, "ShmArena.TryResolve")]
    [InlineData(0x1100, MethodMap.Other)]
    [InlineData(0x0FFF, MethodMap.Other)]
    [InlineData(0x2001, "Table.Add")]
    [InlineData(0x3001, MethodMap.Other)]
    [InlineData(0x4001, "Outer+Inner..ctor")]
    public void Total_AddressOfAnInstruction_BelongsToItsMethod(ulong address, string method) =>
        s_map.Total(new Dictionary<ulong, long> { [address] = 3 }).Should().Equal(new Dictionary<string, long> { [method] = 3 });

    [Fact]
    public void Total_SeveralInstructionsOfAMethod_AreAddedUp() =>
        s_map.Total(new Dictionary<ulong, long> { [0x1000] = 3, [0x1001] = 4, [0x9000] = 5 })
            .Should().Equal(new Dictionary<string, long> { ["ShmArena.TryResolve"] = 7, [MethodMap.Other] = 5 });

    [Fact]
    public void Read_MissingFile_NamesNoMethod() =>
        MethodMap.Read("/nonexistent/perf-1.map").Total(new Dictionary<ulong, long> { [1] = 2 })
            .Should().Equal(new Dictionary<string, long> { [MethodMap.Other] = 2 });
}
