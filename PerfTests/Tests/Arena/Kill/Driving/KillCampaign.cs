using System.Diagnostics;
using PerfTests.Tests.Arena.Kill.Injection;

namespace PerfTests.Tests.Arena.Kill.Driving;

/// <summary>
/// A number of kills: half of them at random moments in the libraries as they are, half at the <see cref="KillPoints"/>,
/// each in turn. At each point a process is also stopped now and then.
/// </summary>
internal sealed class KillCampaign(string ownLibraries, Func<string> instrumented, int seed, DateTime deadline)
{
    /// <summary>An arena serves this many rounds and is followed by a new one, of the other libraries.</summary>
    private const int RoundsPerSession = 125;
    private const int StopOneIn = 8;

    /// <summary>A loop's first rounds are as good to die in as its tenth.</summary>
    private const int LatestHit = 10;

    private static readonly KillPoint[] s_early = [.. KillPoints.All.Where(point => point.Trigger == KillTrigger.EarlyWork)];
    private static readonly KillPoint[] s_others = [.. KillPoints.All.Except(s_early)];

    private readonly Random _random = new(seed);
    private readonly int[] _hits = new int[KillPoints.All.Length];
    private readonly HashSet<KillPoint> _onceOnly = [];
    private int _nextPoint;

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
        string[] libraries = [ownLibraries, instrumented()];
        for (int number = 0; KillCount < kills && DateTime.UtcNow < deadline; number++)
        {
            bool isInstrumented = number % libraries.Length != 0;
            using var session = new KillSession(libraries[number % libraries.Length], _random.Next());
            for (int round = 0; round < RoundsPerSession && KillCount < kills && DateTime.UtcNow < deadline; round++)
            {
                Run(session, isInstrumented ? RoundAtPoint(round) : new KillRound(Recovery: AnyRecovery()));
            }
        }

        Duration = Stopwatch.GetElapsedTime(start);
    }

    private void Run(KillSession session, KillRound round)
    {
        int before = session.Crew.KillCount;
        bool isHit = session.Run(round);
        KillCount += session.Crew.KillCount - before;
        StopCount += isHit && round.IsStop ? 1 : 0;
        if (isHit && round.Point is not null)
        {
            _hits[round.Point.Number]++;
        }
        else if (round.Point is not null)
        {
            // Some are come to once only, however long the process works on.
            _onceOnly.Add(round.Point);
        }
    }

    private KillRound RoundAtPoint(int round)
    {
        KillPoint point = round < s_early.Length ? s_early[round] : s_others[_nextPoint++ % s_others.Length];
        bool isFirst = _onceOnly.Contains(point) || _random.Next(3) == 0;
        return new KillRound(point, isFirst ? 1 : _random.Next(1, LatestHit), IsStop: _random.Next(StopOneIn) == 0, AnyRecovery());
    }

    private RoundRecovery AnyRecovery() => (RoundRecovery)_random.Next(4);
}
