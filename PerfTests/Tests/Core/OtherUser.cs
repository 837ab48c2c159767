using System.Runtime.InteropServices;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Giving a file to another user, which only a privileged test may.</summary>
internal static partial class OtherUser
{
    private const uint Nobody = 65534;

    /// <summary>Gives a file away, or skips the calling test with the reason.</summary>
    internal static void GiveOrSkip(string path)
    {
        if (ChangeOwner(path, Nobody, Nobody) != 0)
        {
            Assert.Skip($"This test needs an object of another user, and may not make one: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
    }

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
