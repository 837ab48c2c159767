namespace PerfTests.Tests.Arena.Fuzz;

/// <summary>
/// Random number generator that is quick to seed, so that each case has its own sequence (SplitMix64 by Steele, Lea and Flood).
/// </summary>
internal struct FuzzRandom(ulong seed)
{
    private ulong _state = seed;

    internal ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>Returns a number from 0 to <paramref name="count"/> - 1.</summary>
    internal long Next(long count) => (long)Math.BigMul(Next(), (ulong)count, out _);

    internal int Next(int count) => (int)Next((long)count);
}
