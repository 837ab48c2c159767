namespace PerfTests.Commands;

/// <summary>Exit codes that several verbs share. The help of each verb lists all its exit codes.</summary>
internal static class ExitCode
{
    /// <summary>The verb did its work and found no problem.</summary>
    public const int Success = 0;

    /// <summary>At least one row regressed.</summary>
    public const int Regressed = 1;

    /// <summary>A file cannot be read or written, or an argument is wrong.</summary>
    public const int UnusableInput = 2;

    /// <summary>No row regressed, but at least one row cannot be compared.</summary>
    public const int NotComparable = 3;
}
