namespace PerfTests.Commands;

/// <summary>What a verb says to the shell that called it.</summary>
internal static class ExitCode
{
    /// <summary>It did what it should, and nothing is wrong.</summary>
    public const int Fine = 0;

    /// <summary>Something became slower.</summary>
    public const int Regressed = 1;

    /// <summary>A file cannot be read or written, or the arguments make no sense.</summary>
    public const int UnusableInput = 2;

    /// <summary>Nothing became slower, but some rows or all cannot be compared.</summary>
    public const int NotComparable = 3;
}
