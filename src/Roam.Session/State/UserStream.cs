using System.Buffers;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>
/// Everything the user did, from the session's beginning up to a position in the <see cref="UserLog"/>: keys, resizes, and what the terminal turned out to be. The state that the client sends.
/// </summary>
internal sealed class UserStream : ISyncState<UserStream>
{
    /// <summary>Spare objects kept by a log: the sender's limit is 32 states, the receiver's usual handful.</summary>
    public const int SpareMax = 64;

    /// <summary>Largest side that a resize may name on the wire (ssp.md section 3); what is over the screen's own limits is cut down to them.</summary>
    private const int WireSideMax = 65535;

    private readonly UserLog _log;
    private ulong _hash;

    /// <summary>The state 0 of a session: nothing typed yet.</summary>
    public UserStream(UserLog log)
    {
        _log = log;
        _hash = UserLog.EmptyHash;
    }

    /// <summary>How many events this holds, counted from the session's beginning.</summary>
    public long Position { get; private set; }

    /// <summary>Hash over all of them: equal on both ends for the same state.</summary>
    public ulong ContentHash => _hash;

    /// <summary>The sender's own stream: takes in what the log has got up to the position.</summary>
    public void AdvanceTo(long position)
    {
        _hash = _log.HashFrom(_hash, Position, position);
        Position = position;
        _log.SetShared(position);
    }

    public void WriteDiff(UserStream from, IBufferWriter<byte> destination)
    {
        DiffWriter writer = new(destination);
        if (from.Position == 0 && Position != 0 && _log.Hello is { } hello)
        {
            // Whoever has any state with events has read it: every way there begins with one of these diffs.
            writer.WriteAnnouncement(hello.Message);
        }

        GrowingBuffer keys = _log.Scratch;
        keys.Clear();
        for (long i = Math.Max(from.Position, _log.Floor); i < Position; i++)
        {
            UserUnit unit = _log[i];
            if (unit.IsKey)
            {
                keys.GetSpan(1)[0] = unit.KeyByte;
                keys.Advance(1);
                continue;
            }

            WriteKeys(writer, keys);
            if (unit.IsTerminal)
            {
                writer.WriteTerminal(_log.TerminalAt(i));
            }
            else
            {
                writer.WriteResize(unit.Width, unit.Height);
            }
        }

        WriteKeys(writer, keys);
    }

    private static void WriteKeys(DiffWriter writer, GrowingBuffer keys)
    {
        if (keys.Length != 0)
        {
            writer.WriteBytes(keys.Written);
            keys.Clear();
        }
    }

    public ApplyResult Apply(ReadOnlySpan<byte> diff)
    {
        ApplyResult result = Check(diff, out int newUnits);
        if (result != ApplyResult.Applied || _log.Count + newUnits > UserLog.UnitsMax)
        {
            return result == ApplyResult.Applied ? ApplyResult.Refused : result;
        }

        long position = Position;
        DiffReader reader = new(diff);
        while (reader.Next())
        {
            DiffItem item = reader.Current;
            if (item.Kind == DiffItemKind.Resize)
            {
                _log.Take(position++, ResizeOf(item));
            }
            else if (item.Kind == DiffItemKind.Bytes)
            {
                foreach (byte key in item.Bytes)
                {
                    _log.Take(position++, UserUnit.Key(key));
                }
            }
            else if (item.Kind == DiffItemKind.Terminal)
            {
                _log.TakeTerminal(position++, item.Bytes);
            }
            else if (item.Kind == DiffItemKind.Announcement)
            {
                _log.TakeHello(item.Announcement);
            }
        }

        AdvanceTo(position);
        return ApplyResult.Applied;
    }

    /// <summary>Reads the whole diff before anything is kept: well formed, sizes in range, and not contradicting what other states said about the same positions.</summary>
    private ApplyResult Check(ReadOnlySpan<byte> diff, out int newUnits)
    {
        newUnits = 0;
        long position = Position;
        bool agrees = position >= _log.Floor;
        int terminals = _log.TerminalCount;
        DiffReader reader = new(diff);
        while (reader.Next())
        {
            DiffItem item = reader.Current;
            if (item.Kind == DiffItemKind.Resize)
            {
                agrees &= item.Width is > 0 and <= WireSideMax && item.Height is > 0 and <= WireSideMax && _log.Agrees(position, ResizeOf(item));
                position++;
            }
            else if (item.Kind == DiffItemKind.Bytes)
            {
                foreach (byte key in item.Bytes)
                {
                    agrees &= _log.Agrees(position++, UserUnit.Key(key));
                }
            }
            else if (item.Kind == DiffItemKind.Terminal)
            {
                terminals += position >= _log.End ? 1 : 0;
                agrees &= terminals <= UserLog.TerminalsMax && _log.Agrees(position++, UserUnit.Terminal(item.Bytes));
            }
        }

        newUnits = (int)Math.Max(0, position - _log.End);
        return reader.Failed ? ApplyResult.Malformed : agrees ? ApplyResult.Applied : ApplyResult.Refused;
    }

    private static UserUnit ResizeOf(DiffItem item)
    {
        int width = Math.Clamp(item.Width, 1, Screen.SideMax);
        int height = Math.Clamp(item.Height, 1, Math.Min(Screen.SideMax, Screen.AreaMax / width));
        return UserUnit.Resize(width, height);
    }

    /// <summary>The prefix is the oldest state that is still held: what it contains is not needed any more.</summary>
    public void Subtract(UserStream prefix)
    {
        if (prefix._log == _log)
        {
            _log.SetReleased(prefix.Position);
        }
    }

    public bool ContentEquals(UserStream other) => Position == other.Position && _hash == other._hash;

    public UserStream Snapshot()
    {
        UserStream copy = _log.Rent();
        copy.Position = Position;
        copy._hash = _hash;
        return copy;
    }

    public void Release() => _log.Return(this);
}
