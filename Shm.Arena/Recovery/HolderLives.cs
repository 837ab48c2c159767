namespace Shm.Arena;

/// <summary>Whether holders live, asked once each: the kernel's answer takes more than a microsecond, and the dead stay dead.</summary>
internal struct HolderLives(Membership membership)
{
    private readonly Dictionary<uint, bool> _known = [];
    private uint _latest;
    private bool _latestIsAlive;

    internal bool IsAlive(uint token)
    {
        token &= ~ProcessToken.InTransit;
        if (token != _latest || token == 0)
        {
            if (!_known.TryGetValue(token, out bool isAlive))
            {
                isAlive = membership.IsAlive(token);
                _known.Add(token, isAlive);
            }

            (_latest, _latestIsAlive) = (token, isAlive);
        }

        return _latestIsAlive;
    }
}
