using FluentAssertions;
using PerfTests.Baselines;
using PerfTests.Running;
using Xunit;

namespace PerfTests.Tests.Running;

[Category("Running")]
public sealed class AcceptanceTextTests
{
    [Fact]
    public void Lines_PassedRows_NameTheirNumber() =>
        AcceptanceText.Lines(new(["a", "b"], [], [], []), "x.json", consent: null)
            .Should().Equal("x.json is updated with 2 rows; commit it");

    [Fact]
    public void Lines_WorseRows_NameRowsReasonAndPerson() =>
        AcceptanceText.Lines(new(["a", "b"], ["b"], [], []), "x.json", new Consent("the address is checked now", "a.person"))
            .Should().Equal(
                "x.json is updated with 2 rows; commit it",
                "accepted although worse: b; reason: the address is checked now, started by a.person");

    [Fact]
    public void Lines_RowsThatCouldNotBeJudged_NameThem() =>
        AcceptanceText.Lines(new(["a"], [], ["a"], ["b", "c"]), "x.json", consent: null)
            .Should().Equal(
                "x.json is updated with 1 rows; commit it",
                "accepted without a comparison: a",
                "not accepted, because they could not be judged: b, c; their earlier entries stay");

    [Fact]
    public void Lines_NoAcceptedRow_SayThatTheFileIsUnchanged() =>
        AcceptanceText.Lines(new([], [], [], ["a"]), "x.json", consent: null)[0]
            .Should().Be("x.json is unchanged: no row of this run could be judged");
}
