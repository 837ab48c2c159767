using Shm.Arena;

namespace PerfTests.Exploration.Scheduling;

/// <summary>
/// Runs the threads of the members one at a time, in the order of a schedule. The thread that reaches a scheduling point makes
/// the choice itself, so it needs no switch of threads if it goes on.
/// </summary>
internal sealed class Scheduler : IDisposable
{
    /// <summary>Number that stands for the thread that controls the run, in place of a member.</summary>
    internal const int Controller = -1;

    /// <summary>Number of steps after which a run counts as endless. The longest run of a scenario takes a twentieth of it.</summary>
    private const int MaxSteps = 20_000;

    private static readonly TimeSpan s_maxTurn = TimeSpan.FromSeconds(20);

    private readonly Turn _controllerTurn = new();
    private readonly MemberThread[] _members;
    private readonly List<SchedulingPoint> _points = [];
    private readonly Action<int> _onKill;
    private List<Deviation> _deviations = [];
    private RandomChoice? _random;
    private int _nextDeviation;

    /// <param name="memberCount">Number of members.</param>
    /// <param name="isFine">See <see cref="IsFine"/>.</param>
    /// <param name="onKill">Takes a killed member out of the arena, without changing shared memory.</param>
    internal Scheduler(int memberCount, bool isFine, Action<int> onKill)
    {
        (IsFine, _onKill) = (isFine, onKill);
        _members = [.. Enumerable.Range(0, memberCount).Select(index => new MemberThread(this, index))];
    }

    /// <summary>True while the members run by the schedule. Before and after, a member that has the turn runs to its end.</summary>
    internal bool IsActive { get; private set; }

    /// <summary>True if every marked access to shared memory is a scheduling point, and not only the crash windows.</summary>
    internal bool IsFine { get; }

    internal int MemberCount => _members.Length;

    internal int KillCount { get; private set; }

    /// <summary>Message of the first failure; null if there is none.</summary>
    internal string? Failure { get; private set; }

    /// <summary>Scheduling points of the latest run, in their order.</summary>
    internal IReadOnlyList<SchedulingPoint> Points => _points;

    internal MemberThread this[int member] => _members[member];

    /// <summary>Forgets the latest run.</summary>
    internal void Reset()
    {
        (IsActive, KillCount, Failure) = (false, 0, null);
        _points.Clear();
        foreach (var member in _members)
        {
            member.State = MemberState.Finished;
        }
    }

    /// <summary>Deviations of the latest run.</summary>
    internal IReadOnlyList<Deviation> Deviations => _deviations;

    /// <summary>Runs the prepared work of the members by a schedule, until each member has finished or is killed.</summary>
    /// <param name="deviations">Deviations of the schedule.</param>
    /// <param name="random">Adds deviations; null adds none.</param>
    internal void Run(IReadOnlyList<Deviation> deviations, RandomChoice? random)
    {
        (_deviations, _random, _nextDeviation, IsActive) = ([.. deviations], random, 0, true);
        var first = ChooseNext(Controller, CrashWindow.None);
        if (first != Controller)
        {
            _members[first].GiveTurn();
            AwaitTurn();
        }
    }

    /// <summary>Runs the prepared work of one member, without a schedule.</summary>
    internal void RunAlone(int member)
    {
        _members[member].GiveTurn();
        AwaitTurn();
    }

    /// <summary>Ends the work of all members that still wait.</summary>
    internal void UnwindAll()
    {
        IsActive = false;
        foreach (var member in _members.Where(member => member.IsBusy))
        {
            member.Unwind();
            AwaitTurn();
        }
    }

    /// <summary>Records a scheduling point, kills members if the schedule says so, and chooses the member that goes on.</summary>
    /// <param name="member">Member that reached the point.</param>
    /// <param name="window">Crash window that the member reached.</param>
    /// <returns>The member that goes on; <see cref="Controller"/> if the run is over.</returns>
    internal int ChooseNext(int member, CrashWindow window)
    {
        var step = _points.Count;
        if (member != Controller && CanRun(_members[member]))
        {
            _random?.AddKill(_deviations, step, member);
        }

        for (; IsDue(step, isKill: true); _nextDeviation++)
        {
            Kill(_deviations[_nextDeviation].Member);
        }

        var canRun = MembersThat(CanRun);
        _random?.AddSwitch(_deviations, step, canRun);
        var chosen = SchedulingPoint.Includes(canRun, Math.Max(member, 0)) ? Math.Max(member, 0)
            : canRun != 0 ? int.TrailingZeroCount((int)canRun)
            : Controller;
        if (IsDue(step, isKill: false))
        {
            chosen = _deviations[_nextDeviation++].Member;
            if (!SchedulingPoint.Includes(canRun, chosen))
            {
                Fail($"The schedule does not fit the scenario: member {chosen} cannot run at step {step}.");
                return Controller;
            }
        }

        _points.Add(new SchedulingPoint(member, window, canRun, MembersThat(one => one.IsWithinOperation), chosen));
        if (step >= MaxSteps)
        {
            Fail($"hang: the members have not finished after {MaxSteps} steps");
        }
        else if (canRun == 0)
        {
            IsActive = false;
            if (MembersThat(one => one.State == MemberState.Waiting) is not 0 and var waiting)
            {
                Fail($"hang: all members that have not finished wait (set {waiting:b})");
            }
        }

        return IsActive ? chosen : Controller;
    }

    /// <summary>Marks a member as killed.</summary>
    internal void Kill(int member)
    {
        if (_members[member].State is MemberState.Finished or MemberState.Killed)
        {
            Fail($"The schedule does not fit the scenario: member {member} cannot be killed at step {_points.Count}.");
            return;
        }

        _members[member].State = MemberState.Killed;
        KillCount++;
        _onKill(member);
    }

    /// <summary>Records a failure and ends the run.</summary>
    internal void Fail(string message)
    {
        Failure ??= message;
        IsActive = false;
    }

    internal void GiveTurn(int member)
    {
        if (member == Controller)
        {
            _controllerTurn.Give();
        }
        else
        {
            _members[member].GiveTurn();
        }
    }

    public void Dispose()
    {
        foreach (var member in _members)
        {
            member.Dispose();
        }

        _controllerTurn.Dispose();
    }

    private bool IsDue(int step, bool isKill) =>
        _nextDeviation < _deviations.Count && _deviations[_nextDeviation].Step == step && _deviations[_nextDeviation].IsKill == isKill;

    private bool CanRun(MemberThread member) =>
        member.State == MemberState.Ready || (member.State == MemberState.Waiting && member.IsWaitOver(KillCount));

    private uint MembersThat(Func<MemberThread, bool> condition)
    {
        uint members = 0;
        for (var index = 0; index < _members.Length; index++)
        {
            members |= condition(_members[index]) ? 1u << index : 0;
        }

        return members;
    }

    /// <summary>Waits for the turn of the controller.</summary>
    private void AwaitTurn()
    {
        if (!_controllerTurn.TryTake(s_maxTurn))
        {
            // The thread of the member runs in a loop without a kill point and cannot be stopped, so this process is of no more use.
            throw new EndlessTurnException($"hang: a member has not reached a kill point for {s_maxTurn.TotalSeconds} s");
        }
    }
}
