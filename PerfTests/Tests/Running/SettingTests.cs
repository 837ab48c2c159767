using FluentAssertions;
using PerfTests.Metrics;
using PerfTests.Running;
using PerfTests.Verdicts;
using Xunit;

namespace PerfTests.Tests.Running;

[Category("Settings")]
public sealed class SettingTests : IDisposable
{
    private static readonly Setting s_switch = new("PERFTESTS_OWN_TEST_SWITCH", "for this test only");
    private readonly string _folder = Directory.CreateTempSubdirectory("perftests-").FullName;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(s_switch.Name, null);
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("0", false)]
    [InlineData("1", true)]
    public void IsOn_ZeroOneOrUnset_IsTrueOnlyForOne(string? text, bool isOn)
    {
        Environment.SetEnvironmentVariable(s_switch.Name, text);
        s_switch.IsOn.Should().Be(isOn);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("yes")]
    [InlineData("2")]
    [InlineData(" 1")]
    public void IsOn_OtherValue_ThrowsAndNamesAllowedValues(string text)
    {
        Environment.SetEnvironmentVariable(s_switch.Name, text);
        FluentActions.Invoking(() => s_switch.IsOn)
            .Should().Throw<SettingException>().WithMessage($"{s_switch.Name} is \"{text}\"*0 or 1*");
    }

    [Theory]
    [InlineData("{ \"tolerance\": 5 }", "*perfsettings.json*tolerance*stored, drift, paired and metrics*")]
    [InlineData("{ \"stored\": { \"precent\": 5 } }", "*perfsettings.json*precent*")]
    [InlineData("{ \"paired\": { \"thinking\": { \"percent\": 5 } } }", "*perfsettings.json*thinking*")]
    [InlineData("{ \"stored\": { \"percent\": 5 }, \"stored\": { \"percent\": 6 } }", "*perfsettings.json*stored*")]
    [InlineData("{ \"stored\": { \"percent\": \"ten\" } }", "*perfsettings.json*percent*")]
    [InlineData("{ \"stored\": ", "*perfsettings.json*")]
    [InlineData("", "*perfsettings.json*")]
    [InlineData("{ \"metrics\": { \"allocation_time\": {} } }", "*perfsettings.json*allocation_time*allocation_total_time*speed_up*")]
    [InlineData("{ \"stored\": { \"percent\": -1 } }", "*perfsettings.json: stored.percent*-1*from 0 to*")]
    [InlineData(
        "{ \"paired\": { \"copying\": { \"nanoseconds\": 1e7 } } }",
        "*perfsettings.json: paired.Copying.nanoseconds*10000000*from 0 to 1,000,000*")]
    [InlineData(
        "{ \"metrics\": { \"allocation_total_time\": { \"paired\": { \"percent\": -3 } } } }",
        "*perfsettings.json: metrics.allocation_total_time.paired.percent*-3*")]
    [InlineData("{ \"drift\": { \"percent\": -1 } }", "*perfsettings.json: drift.percent*-1*from 0 to*")]
    [InlineData("{ \"metrics\": null }", "*perfsettings.json*metrics*")]
    [InlineData("{ \"paired\": null }", "*perfsettings.json*paired*")]
    [InlineData("{ \"metrics\": { \"allocation_total_time\": null } }", "*perfsettings.json*null*each metric*")]
    public void Read_WrongSettingsFile_ThrowsAndNamesTheMistake(string text, string message) =>
        FluentActions.Invoking(() => Read(text)).Should().Throw<SettingException>().WithMessage(message);

    [Fact]
    public void ExampleOfASettingsFile_Read_IsValid() => Read(SettingsFile.Sample).WhyDisabled(SpeedUps.All[0]).Should().Be("why");

    [Fact]
    public void Read_MissingFile_ThrowsAndNamesTheFile() =>
        FluentActions.Invoking(() => SettingsFile.Read(Path.Combine(_folder, "perfsettings.json")))
            .Should().Throw<SettingException>().WithMessage("*perfsettings.json*");

    [Fact]
    public void Read_ShippedFile_HasDefaultTolerances() =>
        SettingsFile.Read().StoredTolerance(Row("allocation_total_time")).Should().Be(DefaultTolerances.Stored);

    [Fact]
    public void Read_PartialFile_KeepsOtherDefaults()
    {
        var settings = Read("""
            {
              // a comment, and below a trailing comma
              "stored": { "percent": 8 },
              "drift": { "percent": 20 },
              "paired": { "computing": { "nanoseconds": 1 } },
              "metrics": {
                "allocation_total_time": { "stored": { "nanoseconds": 3 }, "paired": { "percent": 2 }, "drift": { "percent": 12 } },
                "speed_up": { "disabled": "no second allocator here" },
              }
            }
            """);
        settings.StoredTolerance(Row("allocation_total_time")).Should().Be(new Tolerance(8, 3));
        settings.StoredTolerance(Row("allocation_throughput")).Should().Be(new Tolerance(8, DefaultTolerances.Stored.AbsoluteNanoseconds));
        settings.DriftTolerance(Row("allocation_total_time")).Should().Be(DefaultTolerances.Drift with { Percent = 12 });
        settings.DriftTolerance(Row("allocation_throughput")).Should().Be(DefaultTolerances.Drift with { Percent = 20 });
        settings.PairedTolerance(Row("allocation_total_time")).Should().Be(new Tolerance(2, 1));
        settings.PairedTolerance(Row("transfer_1mb_bandwidth")).Should().Be(DefaultTolerances.Paired(MetricKind.Copying));
        settings.WhyDisabled(SpeedUps.All[0]).Should().Be("no second allocator here");
        settings.WhyDisabled(Row("allocation_total_time")).Should().BeNull();
    }

    [Fact]
    public void Read_KeyOfARow_HasPriorityOverItsMetric()
    {
        var settings = Read("""
            {
              "metrics": {
                "transfer_bandwidth": { "paired": { "percent": 5, "nanoseconds": 7 }, "stored": { "percent": 30 } },
                "transfer_bandwidth/shm/kibibytes=8192": { "paired": { "percent": 9 } },
                "speed_up/parallel_prefault": { "disabled": "one processor" }
              }
            }
            """);
        var row = Catalogue.Row("transfer_bandwidth", Allocators.Shm, 8_192);
        settings.PairedTolerance(row).Should().Be(new Tolerance(9, 7));
        settings.PairedTolerance(Catalogue.Row("transfer_bandwidth", Allocators.Shm, 64)).Should().Be(new Tolerance(5, 7));
        settings.StoredTolerance(row).Percent.Should().Be(30);
        SpeedUps.All.Where(speedUp => settings.WhyDisabled(speedUp) is not null)
            .Should().ContainSingle().Which.Name.Should().Be("parallel_prefault");
    }

    private static MetricRow Row(string metric) => Catalogue.Row(metric, Allocators.Arena);

    private SettingsFile Read(string text)
    {
        var path = Path.Combine(_folder, "perfsettings.json");
        File.WriteAllText(path, text);
        return SettingsFile.Read(path);
    }
}
