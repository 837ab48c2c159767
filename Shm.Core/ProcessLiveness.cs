using System.Runtime.InteropServices;
using Shm.Core.Native;

namespace Shm.Core;

/// <summary>Whether a process lives. A reused process id counts as alive: a segment too many is kept, none is lost.</summary>
internal static class ProcessLiveness
{
    internal static bool IsAlive(int processId)
    {
        if (LibC.Kill(processId, 0) != 0 && Marshal.GetLastPInvokeError() == Errno.NoProcess)
        {
            return false;
        }

        return !IsZombie(processId);
    }

    // A zombie still answers signals although it can hold nothing any more.
    private static bool IsZombie(int processId)
    {
        try
        {
            // The state follows the command, which is in parentheses and may itself hold any character.
            string text = File.ReadAllText($"/proc/{processId}/stat");
            int state = text.LastIndexOf(')') + 2;
            return state > 1 && state < text.Length && text[state] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
