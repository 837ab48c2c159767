using System.Runtime.Loader;
using BenchmarkDotNet.Attributes;
using PerfTests.Files;
using PerfTests.Versions;
using Shm.Core;

namespace PerfTests.Tests.Measurement;

/// <summary>
/// Benchmark that succeeds with one version of the libraries and not with another. The name of the folder of a version says what happens
/// with it.
/// </summary>
public class FaultyVersionScenario
{
    /// <summary>Message of the failure.</summary>
    public const string Message = "this version has a fault";

    private const string Failing = "failing", FailingInPairs = "failing-in-pairs", Leaving = "leaving", Faultless = "faultless";

    /// <summary>The segments that stay, which must not be finalized.</summary>
    private static readonly List<ShmSegment> s_left = [];

    private long _answer;

    /// <summary>Copies the libraries to a version with which the benchmark throws.</summary>
    internal static LibraryVersion NewFailing(TemporaryFolder folder) => Copy(folder, Failing);

    /// <summary>Copies the libraries to a version with which the benchmark throws only in a pair.</summary>
    internal static LibraryVersion NewFailingInPairs(TemporaryFolder folder) => Copy(folder, FailingInPairs);

    /// <summary>Copies the libraries to a version with which the benchmark leaves a segment behind.</summary>
    internal static LibraryVersion NewLeaving(TemporaryFolder folder) => Copy(folder, Leaving);

    /// <summary>Copies the libraries to a version with which the benchmark succeeds.</summary>
    internal static LibraryVersion NewFaultless(TemporaryFolder folder) => Copy(folder, Faultless);

    [GlobalSetup]
    public void Setup()
    {
        if (Has(Failing) || (Has(FailingInPairs) && CountCopies(FailingInPairs) > 1))
        {
            throw new InvalidOperationException(Message);
        }

        if (Has(Leaving))
        {
            s_left.Add(ShmSegment.CreateExclusive(Environment.SystemPageSize));
        }

        _answer = s_left.Count;
    }

    [Benchmark(OperationsPerInvoke = 16)]
    public long Run() => _answer++;

    /// <summary>Returns the number of layout copies of a version. In a pair, the baseline has a second one, for the A/A control.</summary>
    private static int CountCopies(string version) =>
        AssemblyLoadContext.All.Count(context => context.Name?.EndsWith(version, StringComparison.Ordinal) == true);

    private static bool Has(string fault) =>
        AssemblyLoadContext.GetLoadContext(typeof(FaultyVersionScenario).Assembly)!.Name!.EndsWith(fault, StringComparison.Ordinal);

    private static LibraryVersion Copy(TemporaryFolder folder, string name)
    {
        var version = Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName;
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "Shm.*.dll"))
        {
            File.Copy(file, Path.Combine(version, Path.GetFileName(file)));
        }

        return new LibraryVersion(version, name);
    }
}
