using PerfTests.Results;
using PerfTests.Verdicts;

namespace PerfTests.Baselines;

/// <summary>Makes a run the accepted baseline.</summary>
public static class Acceptance
{
    /// <summary>Writes the figures of a run into a baseline file.</summary>
    /// <param name="path">The baseline file.</param>
    /// <param name="run">The run.</param>
    /// <param name="isKnown">Tells whether the catalogue still has a row; others are dropped from the file.</param>
    /// <param name="reason">Why a run that regressed is accepted all the same; kept in the file. Null: it is refused.</param>
    /// <exception cref="AcceptanceException">The run cannot be accepted; the message says why.</exception>
    /// <exception cref="ResultsFileException">The file that is there cannot be used.</exception>
    public static void Accept(string path, ResultsDocument run, Func<string, bool> isKnown, string? reason)
    {
        var figures = run.Metrics.Values.Where(figure => figure.Launches is { Count: > 0 }).ToArray();
        if (figures.Length == 0)
        {
            throw new AcceptanceException("The run has no measured figure, so there is nothing to accept.");
        }

        var regressed = run.Metrics.Values.Where(figure => figure.Judgement?.Verdict == Verdict.Regressed).Select(figure => figure.Name).ToArray();
        if (regressed.Length > 0 && string.IsNullOrWhiteSpace(reason))
        {
            throw new AcceptanceException(
                $"The run regressed ({string.Join(", ", regressed)}), so it does not become the baseline {ProjectRoot.Relative(path)}. "
                + "Accept it all the same by giving a reason, which is kept in the file.");
        }

        var accepted = run with
        {
            Metadata = run.Metadata with { AcceptedDespiteRegression = regressed.Length > 0 ? $"{reason} ({string.Join(", ", regressed)})" : null },
        };
        BaselineRecorder.Record(path, accepted, figure => figure.Launches is { Count: > 0 }, isKnown);
    }
}
