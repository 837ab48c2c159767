using System.Diagnostics;
using PerfTests.Tests.Arena.Kill.Injection;

namespace PerfTests.Tests.Arena.Kill.Driving;

/// <summary>
/// A number of kills: half of them at random moments in the libraries as they are, half at the <see cref="KillPoints"/>,
/// each in turn. At each point a process is also stopped now and then.
/// </summary>
internal sealed class KillCampaign(string ownLibraries, Func<string> instrumented, int seed, DateTime deadline)
{
    /// <summary>An arena serves this many rounds and is followed by a new one.</summary>
    private const int RoundsPerSession = 1000;
    private const int StopOneIn = 8;

    /// <summary>A loop's first rounds are as good to die in as its tenth.</summary>
    private const int LatestHit = 10;

    private readonly Random _random = new(seed);
    private readonly int[] _hits = new int[KillPoints.All.Length];

    /// <summary>Processes killed.</summary>
    internal int KillCount { get; private set; }

    /// <summary>Processes stopped, and let go on.</summary>
    internal int StopCount { get; private set; }

    internal TimeSpan Duration { get; private set; }

    /// <summary>Points that were never come to.</summary>
    internal IEnumerable<KillPoint> MissedPoints => KillPoints.All.Where(point => _hits[point.Number] == 0);

    /// <param name="kills">How many.</param>
    /// <exception cref="KillTestException">The arena broke a promise.</exception>
    internal void Run(int kills)
    {
        long start = Stopwatch.GetTimestamp();
        RunUntil(kills / 2, ownLibraries, _ => new KillRound(Recovery: AnyRecovery()));
        KillPoint[] early = [.. KillPoints.All.Where(point => point.Trigger == KillTrigger.EarlyWork)];
        KillPoint[] others = [.. KillPoints.All.Except(early)];
        int next = 0;
        RunUntil(kills, instrumented(), round => new KillRound(
            round < early.Length ? early[round] : others[next++ % others.Length],
            Hit: _random.Next(3) == 0 ? 1 : _random.Next(1, LatestHit),
            IsStop: _random.Next(StopOneIn) == 0,
            Recovery: AnyRecovery()));
        Duration = Stopwatch.GetElapsedTime(start);
    }

    private void RunUntil(int kills, string libraries, Func<int, KillRound> next)
    {
        while (KillCount < kills && DateTime.UtcNow < deadline)
        {
            using var session = new KillSession(libraries, _random.Next());
            for (int round = 0; round < RoundsPerSession && KillCount < kills && DateTime.UtcNow < deadline; round++)
            {
                int before = session.Crew.KillCount;
                KillRound chosen = next(round);
                bool isHit = session.Run(chosen);
                KillCount += session.Crew.KillCount - before;
                StopCount += isHit && chosen.IsStop ? 1 : 0;
                _hits[chosen.Point?.Number ?? 0] += isHit && chosen.Point is not null ? 1 : 0;
            }
        }
    }

    private RoundRecovery AnyRecovery() => (RoundRecovery)_random.Next(4);
}
