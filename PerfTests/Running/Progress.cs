using System.Diagnostics;

namespace PerfTests.Running;

/// <summary>Reports which row is measured and estimates the time left.</summary>
/// <param name="rows">Number of rows of the run; 0 if unknown.</param>
internal sealed class Progress(int rows)
{
    /// <summary>Number of rows that must have ended before the time left is estimated.</summary>
    private const int MinRows = 3;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<double> _secondsOfRows = [];
    private int _begun;

    /// <summary>Starts a row and returns the line to print for it: <c>[12/72] measuring …, about 55 s left</c>.</summary>
    public string Begin(string label)
    {
        if (_begun > 0)
        {
            _secondsOfRows.Add(_clock.Elapsed.TotalSeconds);
        }

        _clock.Restart();
        _begun++;
        return rows == 0
            ? $"measuring {label}"
            : FormattableString.Invariant($"[{_begun}/{Math.Max(rows, _begun)}] measuring {label}{Left()}");
    }

    /// <summary>
    /// Estimates the time left from the mean duration of the ended rows. The longest row is left out, because it may have
    /// waited for a build.
    /// </summary>
    private string Left() => _secondsOfRows.Count < MinRows || rows < _begun
        ? string.Empty
        : $", about {Duration((rows - _begun + 1) * (_secondsOfRows.Sum() - _secondsOfRows.Max()) / (_secondsOfRows.Count - 1))} left";

    private static string Duration(double seconds) => seconds < 120
        ? FormattableString.Invariant($"{Math.Ceiling(seconds / 5) * 5:0} s")
        : FormattableString.Invariant($"{Math.Ceiling(seconds / 60):0} min");
}
