using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using FluentAssertions;
using PerfTests.Machine;
using PerfTests.Tests.Versions;
using Xunit;

namespace PerfTests.Tests.Machine;

/// <summary>Tests the search for disturbances. A fatal disturbance makes all measured values invalid.</summary>
[Category("Machine")]
public sealed class DisturbanceTests
{
    [Theory]
    [InlineData("Coverlet.Core.Instrumentation.Tracker")]
    [InlineData("Microsoft.CodeCoverage.Instrumentation.Static.Tracker")]
    public void FindInAssemblies_InstrumentedForCoverage_FindsFatalDisturbance(string tracker) =>
        Disturbances.FindInAssemblies([Build("One", tracker), Build("Two", tracker), Build("Three", tracker), Build("Four", "Sound")])
            .Should().Equal(new Disturbance(
                "One, Two and Three were instrumented for code coverage: run without collecting coverage (--collect)", IsFatal: true));

    [Fact]
    public void FindInAssemblies_BuiltWithoutOptimisation_FindsFatalDisturbance() =>
        Disturbances.FindInAssemblies([Build("One", "Anything", DebuggableAttribute.DebuggingModes.DisableOptimizations)]).Should().Equal(
            new Disturbance(
                "One was built without optimisation: build in the Release configuration, or set <Optimize>true</Optimize>",
                IsFatal: true));

    [Theory]
    [InlineData("CORECLR_ENABLE_PROFILING", "1", "*profiler*CORECLR_ENABLE_PROFILING*--collect*")]
    [InlineData("DOTNET_TieredPGO", "1", "*DOTNET_TieredPGO*unset it")]
    [InlineData("DOTNET_JitStress", "2", "*DOTNET_JitStress*unset it")]
    public void FindFatal_VariableChangesCompiledCode_NamesTheVariable(string name, string value, string message)
    {
        using var variables = new VariableScope((name, value));
        Disturbances.FindFatal().Should().ContainSingle(disturbance => disturbance.IsFatal).Which.Message.Should().Match(message);
    }

    [Fact]
    public void FindFatal_OrdinaryRun_IsEmpty() => Disturbances.FindFatal().Should().BeEmpty();

    private static AssemblyBuilder Build(
        string name, string space, DebuggableAttribute.DebuggingModes modes = DebuggableAttribute.DebuggingModes.Default)
    {
        var constructor = typeof(DebuggableAttribute).GetConstructor([typeof(DebuggableAttribute.DebuggingModes)])!;
        var assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName(name), AssemblyBuilderAccess.Run, [new(constructor, [modes])]);
        assembly.DefineDynamicModule(name).DefineType($"{space}.Something").CreateType();
        return assembly;
    }
}
