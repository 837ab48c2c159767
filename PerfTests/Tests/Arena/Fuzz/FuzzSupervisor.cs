using System.Diagnostics;
using PerfTests.ChildProcesses;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>Starts a child, watches that it gets on, and tells which case it died or hung over.</summary>
internal sealed unsafe class FuzzSupervisor : IDisposable
{
    /// <summary>Longer than the arena itself waits for a lock.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(75);

    private readonly ShmSegment _progress = ShmSegment.CreateExclusive(FuzzProgress.ByteCount);
    private readonly FuzzRun _run;
    private readonly Process _child;
    private readonly Task<string> _errors;

    internal FuzzSupervisor(ulong seed, long first, long count)
    {
        _run = new FuzzRun(_progress.Name, seed, first, count);
        ProcessStartInfo start = TestExecutable.StartInfo([ArenaChild.Verb, FuzzChild.Task, .. _run.Arguments]);
        (start.RedirectStandardError, start.RedirectStandardOutput) = (true, true);

        // A crash is told by its exit code; a dump of five TiB of guarded addresses helps nobody.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        _child = Process.Start(start)!;
        _child.OutputDataReceived += (_, _) => { };
        _child.BeginOutputReadLine();
        _errors = _child.StandardError.ReadToEndAsync();
    }

    internal FuzzProgress Progress => *(FuzzProgress*)_progress.Address;

    /// <summary>Waits for the end, and fails with how to run the case again if it is not a good one.</summary>
    internal void Await()
    {
        (long seen, long since) = (-1, Environment.TickCount64);
        while (!_child.WaitForExit(200))
        {
            long now = Progress.Case;
            (seen, since) = now == seen ? (seen, since) : (now, Environment.TickCount64);
            if (Environment.TickCount64 - since > s_patience.TotalMilliseconds)
            {
                _child.Kill();
                _child.WaitForExit();
                Assert.Fail($"Hung {Where(seen)}");
            }
        }

        if (_child.ExitCode != 0)
        {
            Assert.Fail($"Ended with {_child.ExitCode} {Where(Progress.Case)}\n{_errors.Result}");
        }
    }

    public void Dispose()
    {
        if (!_child.HasExited)
        {
            _child.Kill();
        }

        _child.Dispose();
        _progress.Dispose();
    }

    private string Where(long number)
    {
        long first = number / FuzzChild.BatchCases * FuzzChild.BatchCases;
        return $"in case {number} of seed {_run.Seed}: run it again with new FuzzSupervisor({_run.Seed}, {first}, {number - first + 1}).Await()";
    }
}
