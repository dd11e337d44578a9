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
            _values[_count++] = _current;
        }

        _current = Omitted;
    }

    /// <summary>The value, or the given one if it was omitted or is not there.</summary>
    public readonly int ValueOr(int index, int absent) => index < _count && _values[index] != Omitted ? _values[index] : absent;

    /// <summary>For counts and positions: omitted and 0 mean 1.</summary>
    public readonly int CountOrPosition(int index) => Math.Max(1, ValueOr(index, 1));

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
