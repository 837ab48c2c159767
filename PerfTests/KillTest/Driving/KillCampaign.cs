using System.Diagnostics;
using Shm.Arena;

namespace PerfTests.KillTest.Driving;

/// <summary>
/// Kills a number of processes: half of them at random moments, with the shipped libraries; the other half in each crash window
/// in turn, with instrumented libraries. In crash windows, one process in eight is stopped and continued instead of killed.
/// </summary>
internal sealed class KillCampaign(string ownLibraries, Func<string> instrumented, int seed, DateTime deadline)
{
    /// <summary>Number of rounds with one arena. The next arena uses the other build of the libraries.</summary>
    private const int RoundsPerSession = 125;

    private const int StopOneIn = 8;
    private const int HitLimit = 10;

    private static readonly CrashWindow[] s_early =
        [.. KillTriggers.Windows.Where(window => KillTriggers.Of(window) == KillTrigger.EarlyWork)];

    private static readonly CrashWindow[] s_others = [.. KillTriggers.Windows.Except(s_early)];

    private readonly Random _random = new(seed);
    private readonly HashSet<CrashWindow> _hit = [];
    private readonly HashSet<CrashWindow> _firstHitOnly = [];
    private int _next;

    /// <summary>Called after each arena, which takes some seconds.</summary>
    internal Action? ArenaEnded { get; init; }

    /// <summary>Gets the number of processes killed.</summary>
    internal int KillCount { get; private set; }

    /// <summary>Gets the number of processes stopped and continued.</summary>
    internal int StopCount { get; private set; }

    /// <summary>Gets the time that the kills took.</summary>
    internal TimeSpan Duration { get; private set; }

    /// <summary>Gets the windows in which no process was killed or stopped.</summary>
    internal IEnumerable<CrashWindow> MissedWindows => KillTriggers.Windows.Where(window => !_hit.Contains(window));

    /// <summary>Runs until the number of kills or the deadline is reached.</summary>
    /// <param name="kills">Number of processes to kill.</param>
    /// <exception cref="KillTestException">The arena broke a promise.</exception>
    internal void Run(int kills)
    {
        var start = Stopwatch.GetTimestamp();
        string[] libraries = [ownLibraries, instrumented()];
        for (var number = 0; KillCount < kills && DateTime.UtcNow < deadline; number++)
        {
            var isInstrumented = number % libraries.Length != 0;
            using var session = new KillSession(libraries[number % libraries.Length], _random.Next());
            for (var round = 0; round < RoundsPerSession && KillCount < kills && DateTime.UtcNow < deadline; round++)
            {
                Run(session, isInstrumented ? RoundInWindow(round) : new KillRound(Recovery: AnyRecovery()));
            }

            ArenaEnded?.Invoke();
        }

        Duration = Stopwatch.GetElapsedTime(start);
    }

    private void Run(KillSession session, KillRound round)
    {
        var before = session.Workers.KillCount;
        var isHit = session.Run(round);
        KillCount += session.Workers.KillCount - before;
        StopCount += isHit && round.IsStop ? 1 : 0;
        if (isHit && round.Window != CrashWindow.None)
        {
            _hit.Add(round.Window);
        }
        else if (round.Window != CrashWindow.None)
        {
            // A process reaches some windows only once, however long it works.
            _firstHitOnly.Add(round.Window);
        }
    }

    private KillRound RoundInWindow(int round)
    {
        var window = round < s_early.Length ? s_early[round] : s_others[_next++ % s_others.Length];
        var isFirst = _firstHitOnly.Contains(window) || _random.Next(3) == 0;
        return new KillRound(window, isFirst ? 1 : _random.Next(1, HitLimit), IsStop: _random.Next(StopOneIn) == 0, AnyRecovery());
    }

    private RoundRecovery AnyRecovery() => (RoundRecovery)_random.Next(4);
}
