using PerfTests.Baselines;
using PerfTests.Files;
using PerfTests.Metrics;
using PerfTests.Reporting;
using PerfTests.Results;

namespace PerfTests.Running;

/// <summary>Accepts a run as the baseline at its end, and says which rows were accepted, and why.</summary>
internal static class RunAcceptance
{
    /// <summary>Name of the file beside the results that holds the same text, for reports.</summary>
    public const string FileName = "acceptance.md";

    /// <summary>Returns the warning of a run that becomes the baseline of a machine class without one.</summary>
    public static string Warning(RunContext context) =>
        $"warning: there is no baseline of machine class {context.Machine.Id}, neither committed nor kept by a pipeline. If one was "
        + $"accepted before, it is lost: to restore it, copy to baselines/{context.Machine.Id}.json the file baseline-*.json that an "
        + "earlier pipeline published, and run again. In this run every row is paired with the reference commit, and a row that regressed "
        + "is not accepted";

    /// <summary>Accepts the run if it was started to become the baseline.</summary>
    /// <exception cref="AcceptanceException">The run cannot be accepted, and no regressed row has failed its test for it.</exception>
    public static void Run(RunContext context, ResultsDocument document, RunConsole console)
    {
        if (!context.IsUpdatingBaseline)
        {
            return;
        }

        if (!document.Metrics.Values.Any(result => result.IsStored))
        {
            console.Say("no row of this run has a value that a baseline stores; the baseline is unchanged");
            return;
        }

        try
        {
            var outcome = Acceptance.Accept(
                context.BaselineToAccept, RunDocument.WithoutRunDetails(document), Catalogue.Has, context.Consent, context.AcceptedBeside);
            var lines = AcceptanceText.Lines(outcome, context.BaselineToAccept, context.Consent);
            foreach (var line in lines)
            {
                console.Say(line);
            }

            AtomicFile.Write(
                Path.Combine(Path.GetDirectoryName(context.OutputPath)!, FileName),
                $"\n**Baseline**\n\n{string.Concat(lines.Select(line => $"- {SafeText.Code(line)}\n"))}");
        }
        catch (AcceptanceException e)
        {
            console.Say(e.Message, isBad: true);
            if (context.Consent is not null || document.Verdict.RegressedCount == 0)
            {
                throw;
            }
        }
    }
}
