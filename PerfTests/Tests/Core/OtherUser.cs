using System.Runtime.InteropServices;
using Xunit;

namespace PerfTests.Tests.Core;

/// <summary>Gives files to another user, which needs privileges.</summary>
internal static partial class OtherUser
{
    private const uint Nobody = 65534;

    /// <summary>Gives a file to the user "nobody", or skips the calling test if that is not permitted.</summary>
    internal static void GiveOrSkip(string path)
    {
        if (ChangeOwner(path, Nobody, Nobody) != 0)
        {
            var error = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
            Assert.Skip($"needs permission to change the owner of a file: {error}");
        }
    }

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
