using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Files;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Running;

[Category("Running")]
public sealed class AcceptanceTextTests
{
    private static readonly string s_path = ProjectRoot.Resolve(Path.Combine("baselines", "x.json"));

    [Fact]
    public void Lines_PassedRows_NameTheirNumber() =>
        AcceptanceText.Lines(new(["a", "b"], [], [], []), s_path, consent: null)
            .Should().Equal("baselines/x.json is updated with 2 rows; commit it, unless a pipeline keeps it");

    [Fact]
    public void Lines_WorseRows_NameRowsReasonAndPerson() =>
        AcceptanceText.Lines(new(["a", "b"], ["b"], [], []), s_path, new Consent("the address is checked now", "a.person"))
            .Should().Equal(
                "baselines/x.json is updated with 2 rows; commit it, unless a pipeline keeps it",
                "accepted although worse: b; reason: the address is checked now, started by a.person");

    [Fact]
    public void Lines_RowsThatCouldNotBeJudged_NameThem() =>
        AcceptanceText.Lines(new(["a"], [], ["a"], ["b", "c"]), s_path, consent: null)
            .Should().Equal(
                "baselines/x.json is updated with 1 row; commit it, unless a pipeline keeps it",
                "accepted without a comparison: a",
                "not accepted, because they could not be judged: b, c; their earlier entries stay. "
                + "To accept their values, give a reason: PERF_UPDATE_REASON=REASON");

    [Fact]
    public void Lines_NoAcceptedRow_SayThatTheFileIsUnchanged() =>
        AcceptanceText.Lines(new([], [], [], ["a"]), s_path, consent: null)[0]
            .Should().Be("baselines/x.json is unchanged: no row of this run could be judged");
}
