using FluentAssertions;
using PerfTests.Measurement;
using PerfTests.Measurement.Sampling;
using Xunit;

namespace PerfTests.Tests.Measurement;

/// <summary>Tests how the duration of the first samples decides how many samples are taken.</summary>
[Category("Measurement")]
public sealed class SamplerTests
{
    private static readonly SamplingOptions s_options = new()
    {
        Budget = TimeSpan.FromMilliseconds(50),
        LongSample = TimeSpan.FromSeconds(10),
    };

    private int _invocations;

    [Fact]
    public void Sample_OnlyTheFirstInvocationIsLong_TakesAllSamples() =>
        Sample(s_options with { Budget = TimeSpan.FromSeconds(1) }, () => Thread.Sleep(_invocations == 1 ? 300 : 0))
            .WallNanoseconds.Should().HaveCount(SamplingOptions.SamplesPerBatch);

    [Fact]
    public void Sample_EachInvocationExceedsTheBudget_WarmsUpByTwo()
    {
        Sample(s_options, () => Thread.Sleep(60)).WallNanoseconds.Should().HaveCount(SamplingOptions.SamplesBeyondBudget);
        _invocations.Should().Be(2 + SamplingOptions.SamplesBeyondBudget + 1, "one more invocation counts the managed bytes");
    }

    [Fact]
    public void Sample_FirstInvocationExceedsTheLongSample_WarmsUpByOne()
    {
        Sample(s_options with { LongSample = TimeSpan.FromMilliseconds(55) }, () => Thread.Sleep(60));
        _invocations.Should().Be(1 + SamplingOptions.SamplesBeyondBudget + 1);
    }

    private SubjectSamples Sample(SamplingOptions options, Action invoke)
    {
        var subject = new Subject
        {
            Side = "only",
            Copy = 0,
            Work = "wait",
            OperationsPerInvoke = 1,
            Invoke = _ =>
            {
                _invocations++;
                invoke();
            },
            BeforeSample = () => { },
        };
        return new Sampler(options, new Random(1), new RowLog()).Sample([subject]).Subjects.Single();
    }
}
