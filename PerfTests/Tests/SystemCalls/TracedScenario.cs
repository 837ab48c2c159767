using BenchmarkDotNet.Attributes;

namespace PerfTests.Tests.SystemCalls;

/// <summary>Benchmark that a test can block, and that leaves a file if its process is killed.</summary>
public class TracedScenario
{
    /// <summary>Environment variable with the path of the file that exists from setup to clean-up.</summary>
    public const string LeftFileVariable = "PERFTESTS_LEFT_FILE";

    /// <summary>End of the name of the file whose existence blocks the setup.</summary>
    public const string BlockSetup = ".block-setup";

    /// <summary>End of the name of the file whose existence blocks the benchmark.</summary>
    public const string BlockBenchmark = ".block";

    private readonly string _leftFile = Environment.GetEnvironmentVariable(LeftFileVariable) ?? string.Empty;

    [GlobalSetup]
    public void Setup()
    {
        File.WriteAllText(_leftFile, string.Empty);
        Block(BlockSetup);
    }

    [Benchmark]
    public long Run()
    {
        Block(BlockBenchmark);
        return 0;
    }

    [GlobalCleanup]
    public void Cleanup() => File.Delete(_leftFile);

    private void Block(string end)
    {
        if (File.Exists(_leftFile + end))
        {
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
