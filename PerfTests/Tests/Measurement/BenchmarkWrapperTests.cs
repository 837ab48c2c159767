using System.Diagnostics;
using System.Reflection;
using FluentAssertions;
using PerfTests.ChildProcesses;
using PerfTests.Measurement.Benchmarks;
using PerfTests.Measurement.Sampling;
using PerfTests.Metrics.Scenarios;
using PerfTests.Planting;
using Xunit;

namespace PerfTests.Tests.Measurement;

/// <summary>Wrapper that runs its benchmark several times and counts the calls.</summary>
public sealed class CountingWrapper(object scenario, Func<long> benchmark, double amount)
{
    public static int LastCalls { get; private set; }

    public object Scenario => scenario;

    public long Run()
    {
        long sum = 0;
        for (var call = 0; call < (int)amount; call++)
        {
            LastCalls++;
            sum += benchmark();
        }

        return sum;
    }
}

[Category("Measurement")]
public sealed class BenchmarkWrapperTests
{
    [Theory]
    [InlineData(typeof(ExtraTime), 30)]
    [InlineData(typeof(ExtraWait), 30)]
    [InlineData(typeof(ExtraNanoseconds), 10)]
    public void Run_PlantedSlowdown_ReturnsTheResultOfTheBenchmark(Type wrapper, double amount)
    {
        var calls = 0;
        var scenario = new FailingScenario { Place = 0 };
        _ = scenario.Run();
        var countsCalls = wrapper != typeof(ExtraNanoseconds);
        Func<long> benchmark = countsCalls ? () => 40 + ++calls : scenario.Run;
        var run = wrapper.GetMethod("Run")!.CreateDelegate<Func<long>>(Activator.CreateInstance(wrapper, scenario, benchmark, amount));
        run().Should().Be(countsCalls ? 41 : 0);
        calls.Should().Be(countsCalls ? 1 : 0, "the benchmark runs once");
    }

    [Fact]
    public void Run_ExtraWait_SleepsForThePercentageAndUsesNoCpuTime()
    {
        Func<long> benchmark = () =>
        {
            Thread.Sleep(5);
            return 1;
        };
        var run = new ExtraWait(new object(), benchmark, 2_000);
        var (start, cpu) = (Stopwatch.GetTimestamp(), Clocks.ThreadCpuNanoseconds());
        run.Run();
        var wall = Stopwatch.GetElapsedTime(start);
        wall.TotalMilliseconds.Should().BeGreaterThan(5 * 21);
        (Clocks.ThreadCpuNanoseconds() - cpu).Should().BeLessThan((long)(wall.TotalNanoseconds / 2));
    }

    [Fact]
    public void Create_ScenarioInLayoutCopy_LoadsTheWrapperInTheSameLayoutCopy()
    {
        CallsIn(Invoke(copy: 7, amount: 3)).Should().Be(3);
        CountingWrapper.LastCalls.Should().Be(0, "each layout copy has its own statics");
    }

    [Fact]
    public void Get_TwoNumbersOfLayoutCopies_LoadsOneAssemblyForEach()
    {
        var (first, second) = (LayoutCopy.Get(TestExecutable.Folder, 7), LayoutCopy.Get(TestExecutable.Folder, 8));
        LayoutCopy.Get(TestExecutable.Folder, 7).Should().BeSameAs(first);
        var name = typeof(FailingScenario).FullName!;
        Type[] types = [typeof(FailingScenario), first.GetScenarioType(name), second.GetScenarioType(name)];
        types.Select(type => type.Assembly).Should().OnlyHaveUniqueItems();
        types.Select(type => type.AssemblyQualifiedName).Distinct().Should().ContainSingle();
    }

    [Fact]
    public void Get_AnyLayoutCopy_LoadsLibrariesAgainAndSharesOtherAssemblies()
    {
        var name = typeof(ArithmeticLookupScenario).FullName!;
        var scenario = LayoutCopy.Get(TestExecutable.Folder, 7).GetScenarioType(name);
        var arena = scenario.GetField("_allocator", BindingFlags.Instance | BindingFlags.NonPublic)!.FieldType;
        arena.FullName.Should().Be(typeof(Shm.Arena.ShmArena).FullName);
        arena.Should().NotBe<Shm.Arena.ShmArena>();
        scenario.GetMethod("Resolve")!.IsDefined(typeof(BenchmarkDotNet.Attributes.BenchmarkAttribute), inherit: false)
            .Should().BeTrue("all copies share BenchmarkDotNet");
    }

    [Fact]
    public void Create_UnknownParameter_ErrorNamesTheParameter() =>
        FluentActions.Invoking(() => ScenarioInstance.Create(
                Plans.Of<FailingScenario>("Run", "Distance", 1).Sides[0], LayoutCopy.Get(TestExecutable.Folder, 7)))
            .Should().Throw<MissingMemberException>().WithMessage("*Distance*");

    private static Type Invoke(int copy, double amount)
    {
        var library = LayoutCopy.Get(TestExecutable.Folder, copy);
        var plan = Plans.Of<FailingScenario>("Run", "Place", 0, wrapper: new BenchmarkWrapper(typeof(CountingWrapper).FullName!, amount));
        var instance = ScenarioInstance.Create(plan.Sides[0], library);
        instance.Setup();
        var subject = instance.ToSubject("side", copy, "work");
        subject.OperationsPerInvoke.Should().Be(16, "a wrapper changes the time and not the number of operations");
        subject.Invoke(1);
        return library.GetScenarioType(typeof(CountingWrapper).FullName!);
    }

    private static int CallsIn(Type wrapper) => (int)wrapper.GetProperty(nameof(CountingWrapper.LastCalls))!.GetValue(null)!;
}
