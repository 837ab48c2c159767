namespace Shm.Arena;

/// <summary>
/// Remembers which processes are attached, for one walk over the arena. Asking the kernel takes more than a microsecond, and a
/// process that has exited does not come back.
/// </summary>
internal struct AttachmentCache(Membership membership)
{
    private readonly Dictionary<uint, bool> _known = [];
    private uint _latest;
    private bool _isLatestAttached;

    internal bool IsAttached(uint token)
    {
        token &= ~ProcessToken.OfferedBit;
        if (token != _latest || token == 0)
        {
            if (!_known.TryGetValue(token, out var isAttached))
            {
                isAttached = membership.IsAttached(token);
                _known.Add(token, isAttached);
            }

            (_latest, _isLatestAttached) = (token, isAttached);
        }

        return _isLatestAttached;
    }
}
