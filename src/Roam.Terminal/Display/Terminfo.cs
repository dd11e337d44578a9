using System.Buffers.Binary;

namespace Roam.Terminal;

/// <summary>
/// A compiled terminfo entry as term(5) describes it: legacy (16-bit numbers) or extended number format (32-bit), with the section of user-defined
/// capabilities. Pure: the host reads the file. Every offset is checked; what points outside counts as absent.
/// </summary>
public sealed class Terminfo
{
    /// <summary>ncurses itself accepts no more.</summary>
    public const int EntryBytesMax = 32768;

    private const int HeaderBytes = 12;
    private const int ExtendedHeaderBytes = 10;
    private const int LegacyMagic = 0x011A;
    private const int WideNumbersMagic = 0x021E;

    private readonly byte[] _entry;
    private readonly int _numberBytes;
    private readonly Section _standard;
    private readonly Section _extended;
    private readonly int _extendedNames;
    private readonly int _extendedNameTable;

    /// <summary>Counts and places of one section's parts.</summary>
    private readonly record struct Section(int Flags, int FlagCount, int Numbers, int NumberCount, int Strings, int StringCount, int Table, int TableBytes);

    private Terminfo(byte[] entry, int numberBytes)
    {
        _entry = entry;
        _numberBytes = numberBytes;
        int at = HeaderBytes + Short(2);
        _standard = Layout(at, Short(4), Short(6), Short(8), Short(8), Short(10));
        at = Even(_standard.Table + _standard.TableBytes);
        if (at + ExtendedHeaderBytes > entry.Length)
        {
            return;
        }

        int names = Short(at) + Short(at + 2) + Short(at + 4);
        Section extended = Layout(at + ExtendedHeaderBytes, Short(at), Short(at + 2), Short(at + 4), Short(at + 4) + names, Short(at + 8));
        if (extended.Table > entry.Length)
        {
            return;
        }

        _extended = extended;
        _extendedNames = extended.Strings + (2 * extended.StringCount);
        _extendedNameTable = extended.Table + ExtendedValueBytes();
    }

    /// <summary>Null when the bytes are not a terminfo entry.</summary>
    public static Terminfo? Parse(ReadOnlySpan<byte> entry)
    {
        if (entry.Length is < HeaderBytes or > EntryBytesMax)
        {
            return null;
        }

        int numberBytes = BinaryPrimitives.ReadUInt16LittleEndian(entry) switch { LegacyMagic => 2, WideNumbersMagic => 4, _ => 0 };
        if (numberBytes == 0)
        {
            return null;
        }

        for (int at = 2; at < HeaderBytes; at += 2)
        {
            if (BinaryPrimitives.ReadInt16LittleEndian(entry[at..]) < 0)
            {
                return null;
            }
        }

        Terminfo parsed = new(entry.ToArray(), numberBytes);
        return parsed._standard.Table + parsed._standard.TableBytes <= entry.Length ? parsed : null;
    }

    /// <summary>A boolean by its place in term.h.</summary>
    public bool Flag(int index) => index < _standard.FlagCount && _entry[_standard.Flags + index] == 1;

    /// <summary>A number by its place in term.h; -1 when absent.</summary>
    public int Number(int index) => index < _standard.NumberCount ? NumberAt(_standard.Numbers + (index * _numberBytes)) : -1;

    /// <summary>A string by its place in term.h; empty when absent.</summary>
    public ReadOnlySpan<byte> String(int index) =>
        index < _standard.StringCount ? StringAt(Short(_standard.Strings + (2 * index)), _standard.Table, _standard.TableBytes) : [];

    /// <summary>A user-defined boolean, or any user-defined capability of that name that is present.</summary>
    public bool HasExtended(ReadOnlySpan<byte> name)
    {
        int count = _extended.FlagCount + _extended.NumberCount + _extended.StringCount;
        for (int i = 0; i < count; i++)
        {
            int base_ = _extendedNameTable;
            if (StringAt(Short(_extendedNames + (2 * i)), base_, _extended.Table + _extended.TableBytes - base_).SequenceEqual(name))
            {
                return i >= _extended.FlagCount || _entry[_extended.Flags + i] == 1;
            }
        }

        return false;
    }

    private Section Layout(int at, int flags, int numbers, int strings, int offsets, int tableBytes)
    {
        int numbersAt = Even(at + flags);
        int stringsAt = numbersAt + (numbers * _numberBytes);
        return new Section(at, flags, numbersAt, numbers, stringsAt, strings, stringsAt + (2 * offsets), tableBytes);
    }

    /// <summary>The names stand behind the values of the user-defined strings; their offsets count from there.</summary>
    private int ExtendedValueBytes()
    {
        int end = 0;
        for (int i = 0; i < _extended.StringCount; i++)
        {
            int offset = Short(_extended.Strings + (2 * i));
            if (offset >= 0)
            {
                end = Math.Max(end, offset + StringAt(offset, _extended.Table, _extended.TableBytes).Length + 1);
            }
        }

        return end;
    }

    private ReadOnlySpan<byte> StringAt(int offset, int table, int tableBytes)
    {
        int available = Math.Min(tableBytes, _entry.Length - table);
        if (offset < 0 || offset >= available)
        {
            return [];
        }

        ReadOnlySpan<byte> rest = _entry.AsSpan(table + offset, available - offset);
        int end = rest.IndexOf((byte)0);
        return end < 0 ? [] : rest[..end];
    }

    private int NumberAt(int at)
    {
        if (at + _numberBytes > _entry.Length)
        {
            return -1;
        }

        int value = _numberBytes == 2 ? Short(at) : BinaryPrimitives.ReadInt32LittleEndian(_entry.AsSpan(at));
        return Math.Max(value, -1);
    }

    private int Short(int at) => at + 2 <= _entry.Length ? BinaryPrimitives.ReadInt16LittleEndian(_entry.AsSpan(at)) : -1;

    private static int Even(int at) => (at + 1) & ~1;
}
