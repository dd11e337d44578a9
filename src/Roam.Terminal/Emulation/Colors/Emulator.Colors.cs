namespace Roam.Terminal;

/// <summary>Redefined colours: the palette (OSC 4, 104), special (5, 105) and dynamic ones (10-19, 110-119), and what is answered when they are asked for.</summary>
public sealed partial class Emulator
{
    /// <summary>
    /// OSC 4 and 5: any number of pairs "number ; colour". "?" asks. The first is the slot of number 0; OSC 4 reaches the special colours as 256 and on, as in xterm.
    /// A number that is no colour ends the list, a colour that cannot be read is skipped.
    /// </summary>
    private void ChangePaletteColors(ReadOnlySpan<byte> text, int first)
    {
        OscFields fields = new(text);
        while (fields.TryNextNumber(out int number) && number >= 0 && first + number < ColorSlot.SpecialFirst + ColorSlot.SpecialCount && fields.TryNext(out ReadOnlySpan<byte> spec))
        {
            int slot = first + number;
            if (spec.SequenceEqual("?"u8))
            {
                ReportPaletteColor(first == 0 ? 4 : 5, number, slot);
            }
            else if (ColorSpec.TryParse(spec, out Color color))
            {
                SetColors(Screen.Extras.Colors.With(slot, color));
            }
        }
    }

    /// <summary>OSC 10-19: each further field is for the next colour.</summary>
    private void ChangeDynamicColors(ReadOnlySpan<byte> text, int command)
    {
        OscFields fields = new(text);
        for (; command <= 19 && fields.TryNext(out ReadOnlySpan<byte> spec); command++)
        {
            int slot = ColorSlot.OfDynamic(command);
            if (spec.SequenceEqual("?"u8))
            {
                ReportDynamicColor(command, slot);
            }
            else if (ColorSpec.TryParse(spec, out Color color))
            {
                SetColors(Screen.Extras.Colors.With(slot, color));
            }
        }
    }

    /// <summary>OSC 104, 105, 110-119: the colours named, or all of the kind.</summary>
    private void ResetColors(ReadOnlySpan<byte> text, int first, int count)
    {
        if (text.IsEmpty)
        {
            SetColors(Screen.Extras.Colors.Without(first, count));
            return;
        }

        OscFields fields = new(text);
        while (fields.TryNextNumber(out int number))
        {
            if (number >= 0 && first + number < ColorSlot.SpecialFirst + ColorSlot.SpecialCount)
            {
                SetColors(Screen.Extras.Colors.Without(first + number, 1));
            }
        }
    }

    private void SetColors(ColorOverrides colors)
    {
        if (!ReferenceEquals(colors, Screen.Extras.Colors))
        {
            Screen.Extras = Screen.Extras with { Colors = colors };
        }
    }

    /// <summary>
    /// The program's own colour, else xterm's palette: it is the one that TERM promises. A special colour that was not set is the foreground, as far as that is known.
    /// </summary>
    private void ReportPaletteColor(int command, int number, int slot)
    {
        Color? color = Screen.Extras.Colors[slot];
        if (color is null && slot < ColorSlot.PaletteCount)
        {
            uint value = Palette.ValueOf((byte)slot);
            color = Color.Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        }

        color ??= Screen.Extras.Colors[ColorSlot.Foreground] ?? _client.Foreground;
        if (color is not null && BeginOscReply(command))
        {
            _replies.Add(number);
            _replies.Add(";"u8);
            AddColor(color.Value);
            EndOscReply();
        }
    }

    /// <summary>The program's own colour, else the one of the user's terminal. If neither is known there is no answer: the program would take a guess for the truth.</summary>
    private void ReportDynamicColor(int command, int slot)
    {
        Color? color = Screen.Extras.Colors[slot] ?? slot switch
        {
            ColorSlot.Foreground => _client.Foreground,
            ColorSlot.Background => _client.Background,
            ColorSlot.Cursor => _client.CursorColor,
            _ => null,
        };
        if (color is not null && BeginOscReply(command))
        {
            AddColor(color.Value);
            EndOscReply();
        }
    }

    /// <summary>rgb:rrrr/gggg/bbbb, as xterm writes it: each 8 bits twice.</summary>
    private void AddColor(Color color)
    {
        _replies.Add("rgb:"u8);
        AddColorPart(color.Red);
        _replies.Add("/"u8);
        AddColorPart(color.Green);
        _replies.Add("/"u8);
        AddColorPart(color.Blue);
    }

    private void AddColorPart(byte value)
    {
        byte high = "0123456789abcdef"u8[value >> 4];
        byte low = "0123456789abcdef"u8[value & 0xF];
        _replies.Add([high, low, high, low]);
    }
}
