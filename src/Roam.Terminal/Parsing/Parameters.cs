using System.Runtime.CompilerServices;

namespace Roam.Terminal;

/// <summary>The parameters of one CSI or DCS, in order, with their sub-parameters (separated by colons, ECMA-48 5.4.2) in line.</summary>
internal struct Parameters
{
    /// <summary>Parameters and sub-parameters kept; those beyond are dropped, the function is still carried out (as xterm does).</summary>
    public const int CountMax = 32;

    /// <summary>Larger values count as this one.</summary>
    public const int ValueMax = 65535;

    private const int Omitted = -1;

    private Values _values;
    private uint _subMask;
    private int _count;
    private int _current;
    private bool _any;

    [InlineArray(CountMax)]
    private struct Values
    {
        private int _first;
    }

    public readonly int Count => _count;

    public void Clear()
    {
        _subMask = 0;
        _count = 0;
        _current = Omitted;
        _any = false;
    }

    public void AddDigit(int digit)
    {
        _any = true;
        _current = _current == Omitted ? digit : Math.Min((_current * 10) + digit, ValueMax);
    }

    /// <summary>Ends a parameter; the next one is a sub-parameter of it if the separator was a colon.</summary>
    public void Separate(bool byColon)
    {
        _any = true;
        Append();
        if (byColon && _count < CountMax)
        {
            _subMask |= 1u << _count;
        }
    }

    /// <summary>Ends the last parameter. None at all stay none.</summary>
    public void Finish()
    {
        if (_any)
        {
            Append();
        }
    }

    private void Append()
    {
        if (_count < CountMax)
        {
            At(ref _values, _count++) = _current;
        }

        _current = Omitted;
    }

    /// <summary>
    /// Reads digits and separators from a place on, up to the first other byte: the same as <see cref="Clear"/>, then <see cref="AddDigit"/> and <see cref="Separate"/> for each, then
    /// <see cref="Finish"/>, but with everything in registers. Returns the place of that other byte, or the length.
    /// </summary>
    public int ReadAll(ReadOnlySpan<byte> data, int start)
    {
        int count = 0;
        uint subMask = 0;
        int value = Omitted;
        int i = start;
        for (; i < data.Length; i++)
        {
            uint digit = (uint)(data[i] - '0');
            if (digit <= 9)
            {
                value = value == Omitted ? (int)digit : Math.Min((value * 10) + (int)digit, ValueMax);
            }
            else if (digit <= ';' - '0')
            {
                if (count < CountMax)
                {
                    At(ref _values, count++) = value;
                }

                value = Omitted;
                subMask |= digit == ':' - '0' && count < CountMax ? 1u << count : 0;
            }
            else
            {
                break;
            }
        }

        if (i != start && count < CountMax)
        {
            At(ref _values, count++) = value;
        }

        (_count, _subMask, _current, _any) = (count, subMask, Omitted, i != start);
        return i;
    }

    /// <summary>The compiler's own access to an inline array by a variable index is a call. The index must be below <see cref="CountMax"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref int At(ref Values values, int index) => ref Unsafe.Add(ref Unsafe.As<Values, int>(ref values), (uint)index % CountMax);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Value(int index) => Unsafe.Add(ref Unsafe.As<Values, int>(ref Unsafe.AsRef(in _values)), (uint)index % CountMax);

    /// <summary>The value, or the given one if it was omitted or is not there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int ValueOr(int index, int absent)
    {
        int value = index < _count ? Value(index) : Omitted;
        return value == Omitted ? absent : value;
    }

    /// <summary>For counts and positions: omitted and 0 mean 1.</summary>
    public readonly int CountOrPosition(int index) => Math.Max(1, ValueOr(index, 1));

    /// <summary>Not one colon among them.</summary>
    public readonly bool HasNoSubs => _subMask == 0;

    /// <summary>Whether the value at index hangs on the one before it by a colon.</summary>
    public readonly bool IsSub(int index) => index < _count && (_subMask & (1u << index)) != 0;

    /// <summary>How many sub-parameters follow the parameter at index.</summary>
    public readonly int SubCount(int index)
    {
        int end = index + 1;
        while (IsSub(end))
        {
            end++;
        }

        return end - index - 1;
    }
}
