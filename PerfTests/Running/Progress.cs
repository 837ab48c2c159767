using System.Diagnostics;

namespace PerfTests.Running;

/// <summary>Says which row is measured, and about how long the rest takes.</summary>
/// <param name="rows">Number of rows that are to run.</param>
internal sealed class Progress(int rows)
{
    /// <summary>The mean of fewer rows says little of the rest.</summary>
    private const int LeastRows = 3;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<double> _secondsOfRows = [];
    private int _begun;

    /// <summary>Returns the line for the row that begins now: <c>[12/72] measuring …, about 55 s left</c>.</summary>
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

    /// <summary>By the mean without the longest row, which may have waited for a build.</summary>
    private string Left() => _secondsOfRows.Count < LeastRows || rows < _begun
        ? string.Empty
        : $", about {Duration((rows - _begun + 1) * (_secondsOfRows.Sum() - _secondsOfRows.Max()) / (_secondsOfRows.Count - 1))} left";

    private static string Duration(double seconds) => seconds < 120
        ? FormattableString.Invariant($"{Math.Ceiling(seconds / 5) * 5:0} s")
        : FormattableString.Invariant($"{Math.Ceiling(seconds / 60):0} min");
}
