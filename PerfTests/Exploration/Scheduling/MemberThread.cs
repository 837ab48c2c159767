using Shm.Arena;

namespace PerfTests.Exploration.Scheduling;

/// <summary>
/// Thread on which a member runs, in all runs one after the other. At each kill point, the thread asks the scheduler which
/// member goes on, and waits until it is its turn again.
/// </summary>
internal sealed unsafe class MemberThread : IMemberScheduler, IDisposable
{
    private static readonly TimeSpan s_everLong = TimeSpan.FromDays(1);

    private readonly Scheduler _scheduler;
    private readonly int _index;
    private readonly Thread _thread;
    private readonly Turn _turn = new();
    private Action? _work;
    private bool _isUnwinding;
    private CrashWindow _stopAt;

    internal MemberThread(Scheduler scheduler, int index)
    {
        (_scheduler, _index) = (scheduler, index);
        _thread = new Thread(Loop) { IsBackground = true, Name = $"member {index}" };
        _thread.Start();
    }

    internal MemberState State { get; set; }

    /// <summary>True while the member is within an operation.</summary>
    internal bool IsWithinOperation { get; set; }

    /// <summary>True while the thread has work that is not complete.</summary>
    internal bool IsBusy => _work is not null;

    /// <summary>Number of kills when the member began to wait.</summary>
    internal int KillCountSeen { get; private set; }

    private ulong* AwaitedWord { get; set; }

    private ulong AwaitedValue { get; set; }

    /// <summary>True if a waiting member can go on.</summary>
    internal bool IsWaitOver(int killCount) => Volatile.Read(ref *AwaitedWord) != AwaitedValue || killCount != KillCountSeen;

    /// <summary>Gives the thread work, which it begins with its next turn.</summary>
    /// <param name="work">The work.</param>
    /// <param name="stopAt">Crash window at which the member is killed before the scheduled part of the run; or none.</param>
    internal void Prepare(Action work, CrashWindow stopAt = CrashWindow.None) =>
        (_work, _stopAt, State, KillCountSeen) = (work, stopAt, MemberState.Ready, 0);

    /// <summary>Lets the thread run until it passes its turn on.</summary>
    internal void GiveTurn() => _turn.Give();

    /// <summary>Lets the thread drop its work.</summary>
    internal void Unwind()
    {
        _isUnwinding = true;
        GiveTurn();
    }

    void IMemberScheduler.Reach(CrashWindow window) => Reach(window);

    void IMemberScheduler.Step()
    {
        if (_scheduler.IsFine)
        {
            Reach(CrashWindow.None);
        }
    }

    /// <summary>Returns when it is this member's turn again.</summary>
    internal void Reach(CrashWindow window)
    {
        if (_isUnwinding)
        {
            return;
        }

        var next = _scheduler.IsActive ? _scheduler.ChooseNext(_index, window)
            : window != CrashWindow.None && window == _stopAt ? Stop()
            : _index;
        if (next != _index)
        {
            _scheduler.GiveTurn(next);
            _turn.TryTake(s_everLong);
        }

        if (_isUnwinding)
        {
            throw new MemberKilledException();
        }
    }

    void IMemberScheduler.Await(ulong* word, ulong value)
    {
        if (!_scheduler.IsActive)
        {
            return;
        }

        // The caller has not yet asked whether the new holder of the lock has exited.
        KillCountSeen = AwaitedValue == value ? KillCountSeen : 0;
        AwaitedWord = word;
        AwaitedValue = value;
        State = MemberState.Waiting;
        Reach(CrashWindow.None);
        KillCountSeen = _scheduler.KillCount;
        State = MemberState.Ready;
    }

    public void Dispose()
    {
        _work = null;
        GiveTurn();
        _thread.Join();
        _turn.Dispose();
    }

    private int Stop()
    {
        _scheduler.Kill(_index);
        return Scheduler.Controller;
    }

    private void Loop()
    {
        KillPoint.Follow(this);
        while (true)
        {
            _turn.TryTake(s_everLong);
            if (_work is null)
            {
                return;
            }

            try
            {
                if (!_isUnwinding)
                {
                    _work();
                    State = MemberState.Finished;
                }
            }
            catch (MemberKilledException)
            {
                // The run is over. The controller waits until each thread has unwound.
            }
            catch (Exception failure) when (!_isUnwinding)
            {
                _scheduler.Fail($"member {_index}: {ExplorationException.Describe(failure)}");
            }

            (_work, _isUnwinding) = (null, false);
            _scheduler.GiveTurn(_scheduler.IsActive ? _scheduler.ChooseNext(_index, CrashWindow.None) : Scheduler.Controller);
        }
    }
}
