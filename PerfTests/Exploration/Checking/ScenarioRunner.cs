using PerfTests.Exploration.Scenarios;
using PerfTests.Exploration.Scheduling;
using Shm.Arena;

namespace PerfTests.Exploration.Checking;

/// <summary>Runs a scenario by schedules, one after the other. Each run begins with the same arena.</summary>
internal sealed class ScenarioRunner : IDisposable
{
    private readonly Scenario _scenario;
    private readonly ArenaImage _image;
    private readonly Ledger _ledger = new();
    private readonly Scheduler _scheduler;
    private readonly List<ScenarioMember> _members = [];
    private readonly Attachment[] _attachments;

    internal ScenarioRunner(Scenario scenario, bool isFine)
    {
        _scenario = scenario;
        _image = new ArenaImage(Scenario.CapacityBytes, scenario.SlabLimit);
        _attachments = [.. Enumerable.Range(0, scenario.MemberCount + 1).Select(_ => new Attachment(_image.Name))];
        _scheduler = new Scheduler(scenario.MemberCount, isFine, member => _members[member].Kill());
    }

    /// <summary>Scheduling points of the latest run, in their order.</summary>
    internal IReadOnlyList<SchedulingPoint> Points => _scheduler.Points;

    /// <summary>Deviations of the latest run.</summary>
    internal IReadOnlyList<Deviation> Deviations => _scheduler.Deviations;

    /// <summary>Runs the scenario and checks the arena.</summary>
    /// <param name="deviations">Deviations of the schedule.</param>
    /// <param name="random">Adds deviations; null adds none.</param>
    /// <returns>Message of the failure; null if all checks passed.</returns>
    /// <exception cref="EndlessTurnException">A member runs endlessly; this process cannot go on.</exception>
    internal string? Run(IReadOnlyList<Deviation> deviations, RandomChoice? random = null)
    {
        _scheduler.Reset();
        _ledger.Clear();
        _image.Restore();
        _members.Clear();
        _members.AddRange(_attachments.Select((attachment, index) => new ScenarioMember(index, attachment, _ledger, _members)));

        var auditor = _members[^1];
        try
        {
            SetUp();
            RunMembers(deviations, random);
            if (_scheduler.Failure is null)
            {
                new Audit(_image, _ledger, _scheduler).Run([.. _members.Except([auditor])], auditor);
            }

            return _scheduler.Failure;
        }
        catch (Exception failure) when (failure is not EndlessTurnException)
        {
            return _scheduler.Failure ?? $"after the run: {ExplorationException.Describe(failure)}";
        }
        finally
        {
            _scheduler.UnwindAll();
            Array.ForEach(_attachments, attachment => attachment.Close());
        }
    }

    public void Dispose()
    {
        _scheduler.Dispose();
        Array.ForEach(_attachments, attachment => attachment.Dispose());
        _image.Dispose();
    }

    private void SetUp()
    {
        for (var index = 0; index < _scenario.MemberCount; index++)
        {
            if (!_scenario.AttachesLate(index))
            {
                Operation.Attach.Run(_members[index]);
            }
        }

        foreach (var step in _scenario.Setup)
        {
            if (step.KilledAt == CrashWindow.None)
            {
                step.Operation.Run(_members[step.Member]);
                continue;
            }

            _scheduler[step.Member].Prepare(() => step.Operation.Run(_members[step.Member]), step.KilledAt);
            _scheduler.RunAlone(step.Member);
            if (_scheduler[step.Member].State != MemberState.Killed)
            {
                throw new InvalidOperationException($"{_scenario}: {step} does not reach its crash window.");
            }
        }
    }

    private void RunMembers(IReadOnlyList<Deviation> deviations, RandomChoice? random)
    {
        for (var index = 0; index < _scenario.MemberCount; index++)
        {
            var member = index;
            if (_scheduler[member].State != MemberState.Killed && _scenario.Operations[member].Length > 0)
            {
                _scheduler[member].Prepare(() => RunOperations(member));
            }
        }

        _scheduler.Run(deviations, random);
    }

    private void RunOperations(int member)
    {
        var thread = _scheduler[member];
        foreach (var operation in _scenario.Operations[member])
        {
            thread.IsWithinOperation = true;
            operation.Run(_members[member]);
            thread.IsWithinOperation = false;
            thread.Reach(CrashWindow.None);
        }
    }
}
