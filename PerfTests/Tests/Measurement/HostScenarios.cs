using BenchmarkDotNet.Attributes;

namespace PerfTests.Tests.Measurement;

/// <summary>Benchmark that fails in a given method. The class is public and not sealed, because BenchmarkDotNet derives from it.</summary>
public class FailingScenario
{
    public const string Message = "the scenario's own words";

    /// <summary>Number of the method that fails: 0 none, 1 setup, 2 benchmark, 3 clean-up, 4 setup and then clean-up.</summary>
    [Params(0, 1, 2, 3, 4)]
    public int Place { get; set; }

    [GlobalSetup]
    public void Setup() => FailAt(1, 4);

    [Benchmark(OperationsPerInvoke = 16)]
    public long Run()
    {
        FailAt(2);
        return Place;
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        FailAt(3);
        if (Place == 4)
        {
            throw new ArgumentException("only a consequence");
        }
    }

    private void FailAt(params int[] places)
    {
        if (places.Contains(Place))
        {
            throw new InvalidOperationException(Message);
        }
    }
}

/// <summary>Benchmark that allocates a known number of bytes on the managed heap.</summary>
public class AllocatingScenario
{
    public const int Operations = 64;

    /// <summary>Size of a box on any 64-bit machine: object header, method table pointer and one long.</summary>
    public const int ByteCount = 24;

    [Params(0, 1, 3)]
    public int ObjectsPerOperation { get; set; }

    public object? Last { get; private set; }

    [Benchmark(OperationsPerInvoke = Operations)]
    public long Allocate()
    {
        for (var i = 0; i < Operations * ObjectsPerOperation; i++)
        {
            Last = new Box();
        }

        return 0;
    }

    private sealed class Box
    {
        public long Value { get; set; }
    }
}

/// <summary>Benchmark that exits its process.</summary>
public class ExitingScenario
{
    public const int ExitCode = 37;

    private long _answer;

    [Benchmark]
    public long Exit()
    {
        Environment.Exit(ExitCode);
        return _answer++;
    }
}

/// <summary>Benchmark that calls an API that the libraries lack.</summary>
public class MissingApiScenario
{
    private readonly string _type = "Shm.Core.NewThing";

    [Benchmark]
    public long Call() => throw new MissingMethodException(_type, "DoIt");
}

/// <summary>Benchmark that needs a type that the libraries lack.</summary>
public class MissingTypeScenario
{
    private long _answer;

    public MissingTypeScenario() => throw new TypeLoadException("Could not load type 'Shm.Core.NewThing'.");

    [Benchmark]
    public long Run() => _answer++;
}

/// <summary>Benchmark that times single operations.</summary>
public class PercentileScenario
{
    private long _answer;

    public IReadOnlyList<double> SamplePercentiles { get; } = [10, 20, 30, 40];

    [Benchmark]
    public long Run() => _answer++;
}

/// <summary>Benchmark that prints to the console.</summary>
public class PrintingScenario
{
    private long _prints;

    [GlobalSetup]
    public void Setup() => Console.WriteLine(FormattableString.Invariant($"a scenario prints {_prints}"));

    [Benchmark]
    public long Print() => ++_prints;
}
