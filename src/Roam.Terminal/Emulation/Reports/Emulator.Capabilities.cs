using System.Buffers;

namespace Roam.Terminal;

/// <summary>XTGETTCAP: what the terminal description says, for programs that do not trust the one on their machine.</summary>
public sealed partial class Emulator
{
    /// <summary>Longest name asked for, in characters; longer ones are unknown.</summary>
    private const int CapabilityNameMax = 32;

    /// <summary>
    /// DCS + q name ; name ... ST, names and values in hexadecimal. One answer holds all that are known; the first unknown name ends the list (ctlseqs).
    /// If already the first is unknown, the answer is DCS 0 + r with its name, as kitty and foot give it and programs expect it.
    /// </summary>
    private void ReportCapabilities(ReadOnlySpan<byte> list)
    {
        OscFields names = new(list);
        bool any = false;
        while (names.TryNext(out ReadOnlySpan<byte> name) && AddCapability(name, isFirst: !any))
        {
            any = true;
        }

        if (any)
        {
            EndReply("\e\\"u8);
        }
        else
        {
            OscFields first = new(list);
            first.TryNext(out ReadOnlySpan<byte> name);
            if (BeginReply("\eP0+r"u8))
            {
                // Only what was asked in digits goes back: an answer must never carry what a file that is shown wants typed.
                _replies.Add(name.ContainsAnyExcept(HexDigits) ? default : name);
                EndReply("\e\\"u8);
            }
        }
    }

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private bool AddCapability(ReadOnlySpan<byte> hexName, bool isFirst)
    {
        Span<byte> name = stackalloc byte[CapabilityNameMax];
        if (hexName.IsEmpty
            || hexName.Length > 2 * CapabilityNameMax
            || Convert.FromHexString(hexName, name, out _, out int length) != OperationStatus.Done
            || !Capabilities.TryFind(name[..length], out Capability capability)
            || !(isFirst ? BeginReply("\eP1+r"u8) : AddSeparator()))
        {
            return false;
        }

        _replies.Add(hexName);
        switch (capability.Kind)
        {
            case CapabilityKind.Name:
                AddCapabilityValue(_options.ColorCount >= 256 ? "xterm-256color"u8 : "xterm"u8);
                break;
            case CapabilityKind.Colors:
                Span<byte> digits = stackalloc byte[16];
                _options.ColorCount.TryFormat(digits, out int count);
                AddCapabilityValue(digits[..count]);
                break;
            case CapabilityKind.CursorKey:
                AddCapabilityValue([0x1B, (byte)(_modes.ApplicationCursorKeys ? 'O' : '['), (byte)capability.Value[0]]);
                break;
            case CapabilityKind.Text:
                Span<byte> value = stackalloc byte[Capabilities.ValueLengthMax];
                AddCapabilityValue(value[..System.Text.Encoding.ASCII.GetBytes(capability.Value, value)]);
                break;
        }

        return true;
    }

    private bool AddSeparator()
    {
        _replies.Add(";"u8);
        return true;
    }

    private void AddCapabilityValue(ReadOnlySpan<byte> value)
    {
        _replies.Add("="u8);
        _replies.AddHex(value);
    }
}
