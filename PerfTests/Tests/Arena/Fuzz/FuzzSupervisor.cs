using System.Diagnostics;
using PerfTests.ChildProcesses;
using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>Starts a child, checks that it makes progress, and names the case in which it crashed or hung.</summary>
internal sealed unsafe class FuzzSupervisor : IDisposable
{
    /// <summary>Time after which a case counts as hung. It exceeds the longest time for which the arena waits for a lock.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(75);

    private readonly ShmSegment _progress = ShmSegment.CreateExclusive(FuzzProgress.ByteCount);
    private readonly FuzzRun _run;
    private readonly Process _child;
    private readonly Task<string> _errors;

    internal FuzzSupervisor(FuzzPlace place, string directory, ulong seed, long first, long count)
    {
        _run = new FuzzRun(_progress.Name, place, directory, seed, first, count);
        var start = TestExecutable.StartInfo([ArenaChild.Verb, FuzzChild.Task, .. _run.Arguments]);
        (start.RedirectStandardError, start.RedirectStandardOutput) = (true, true);

        // No dump is needed, because the exit code shows a crash. A dump would contain the 5 TiB of reserved addresses.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        _child = Process.Start(start)!;
        _child.OutputDataReceived += (_, _) => { };
        _child.BeginOutputReadLine();
        _errors = _child.StandardError.ReadToEndAsync();
    }

    internal FuzzProgress Progress => *(FuzzProgress*)_progress.Address;

    /// <summary>Waits until the child exits. If it crashed or hung, fails with the command that repeats the case.</summary>
    internal void Await()
    {
        (long seen, var since) = (-1, Environment.TickCount64);
        while (!_child.WaitForExit(200))
        {
            var now = Progress.Case;
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
        var first = number / FuzzChild.BatchCases * FuzzChild.BatchCases;
        return $"in case {number} of seed {_run.Seed}: "
            + $"repeat it with new FuzzSupervisor(FuzzPlace.{_run.Place}, directory, {_run.Seed}, {first}, {number - first + 1}).Await()";
    }
}
