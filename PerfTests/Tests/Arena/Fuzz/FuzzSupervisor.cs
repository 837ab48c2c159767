using System.Diagnostics;
using PerfTests.ChildProcesses;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>Starts a child, checks that it makes progress, and names the case in which it crashed or hung.</summary>
internal sealed unsafe class FuzzSupervisor : IDisposable
{
    /// <summary>Longest time of a case: longer than the arena waits for a lock.</summary>
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

        // The exit code shows a crash. A dump would contain the 5 TiB of reserved addresses.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        _child = Process.Start(start)!;
        _child.OutputDataReceived += (_, _) => { };
        _child.BeginOutputReadLine();
        _errors = _child.StandardError.ReadToEndAsync();
    }

    internal FuzzProgress Progress => *(FuzzProgress*)_progress.Address;

    /// <summary>Waits for the child's exit, and fails with the command to repeat the case if it crashed or hung.</summary>
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
                Assert.Fail($"The child made no progress for {s_patience.TotalSeconds} s {Where(seen)}");
            }
        }

        if (_child.ExitCode != 0)
        {
            Assert.Fail($"The child exited with {_child.ExitCode} {Where(Progress.Case)}\n{_errors.Result}");
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
        return $"in case {number} of seed {_run.Seed}: "
            + $"repeat it with new FuzzSupervisor({_run.Seed}, {first}, {number - first + 1}).Await()";
    }
}
