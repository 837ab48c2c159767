using FluentAssertions;
using PerfTests.Machine;
using Xunit;

namespace PerfTests.Tests.Machine;

/// <summary>Tests measuring how many processors are busy.</summary>
[Category("Machine")]
public sealed class ProcessorLoadTests
{
    [Fact]
    public void Parse_LineOfAllProcessors_CountsIdleAndWaitingTimeAsFree() =>
        ProcessorLoad.Parse("cpu  10 20 30 400 50 6 7 8 9 0").Should().Be((81, 531));

    [Fact]
    public void Measure_ThreadSpins_CountsItsProcessor()
    {
        var isEnding = false;
        var spinning = new Thread(() =>
        {
            while (!Volatile.Read(ref isEnding))
            {
                Thread.SpinWait(100);
            }
        });
        spinning.Start();
        try
        {
            ProcessorLoad.Measure().Should().BeGreaterThan(0.3);
            ProcessorLoad.WhyNotFree(ProcessorLoad.Processors).Should().StartWith($"needs {ProcessorLoad.Processors} free cores");
        }
        finally
        {
            Volatile.Write(ref isEnding, true);
            spinning.Join();
        }
    }
}
