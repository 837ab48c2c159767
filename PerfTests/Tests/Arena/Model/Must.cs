using Shm.Core;
using Xunit;

namespace PerfTests.Tests.Arena.Model;

/// <summary>Assertions that build their text only on failure, because a history runs thousands of them.</summary>
internal static class Must
{
    internal static void Be<T>(T actual, T expected, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected))
        {
            Assert.Fail($"{what}: is {actual}, expected {expected}");
        }
    }

    internal static void BeWithin(long actual, long least, long most, string what)
    {
        if (actual < least || actual > most)
        {
            Assert.Fail($"{what}: is {actual}, expected {least} to {most}");
        }
    }

    internal static void Refuse(Action action, string what)
    {
        try
        {
            action();
        }
        catch (ShmException)
        {
            return;
        }

        Assert.Fail($"{what}: no ShmException");
    }
}
