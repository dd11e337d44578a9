namespace Roam.Terminal;

/// <summary>The fields of an OSC string, between its semicolons. A string always has one field at least, if only an empty one.</summary>
internal ref struct OscFields(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;
    private bool _ended;

    /// <summary>What has not been taken, with its semicolons.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public bool TryNext(out ReadOnlySpan<byte> field)
    {
        field = default;
        if (_ended)
        {
            return false;
        }

        int separator = _rest.IndexOf((byte)';');
        _ended = separator < 0;
        field = _ended ? _rest : _rest[..separator];
        _rest = _ended ? default : _rest[(separator + 1)..];
        return true;
    }

    /// <summary>The next field as a number; -1 if it is none, false if there is no field.</summary>
    public bool TryNextNumber(out int number)
    {
        bool any = TryNext(out ReadOnlySpan<byte> field);
        number = NumberOf(field);
        return any;
    }

    /// <summary>A field that is a decimal number and nothing else; -1 for any other.</summary>
    public static int NumberOf(ReadOnlySpan<byte> field)
    {
        const int DigitsMax = 9;
        if (field.Length is 0 or > DigitsMax)
        {
            return -1;
        }

        int number = 0;
        foreach (byte b in field)
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            number = (number * 10) + b - '0';
        }

        return number;
    }
}
