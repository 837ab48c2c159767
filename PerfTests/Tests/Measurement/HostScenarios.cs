using BenchmarkDotNet.Attributes;

namespace PerfTests.Tests.Measurement;

/// <summary>Benchmarks that fail in different places; BenchmarkDotNet derives from these classes.</summary>
public class FailingScenario
{
    public const string Message = "the scenario's own words";

    /// <summary>0: sound; 1: setup; 2: method; 3: clean-up; 4: setup, and clean-up then fails too.</summary>
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

/// <summary>A benchmark that allocates exactly known numbers of bytes on the managed heap.</summary>
public class AllocatingScenario
{
    public const int Operations = 64;

    /// <summary>Object header, method table, and one long: 24 bytes on any 64-bit machine.</summary>
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

/// <summary>A benchmark that ends its whole process.</summary>
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

/// <summary>A benchmark that calls what a version of the libraries does not have.</summary>
public class MissingApiScenario
{
    private readonly string _type = "Shm.Core.NewThing";

    [Benchmark]
    public long Call() => throw new MissingMethodException(_type, "DoIt");
}

/// <summary>A benchmark that prints.</summary>
public class PrintingScenario
{
    private long _talks;

    [GlobalSetup]
    public void Setup() => Console.WriteLine(FormattableString.Invariant($"a scenario talks {_talks}"));

    [Benchmark]
    public long Print() => ++_talks;
}
