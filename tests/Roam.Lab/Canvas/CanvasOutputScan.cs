using System.Text;
using System.Text.RegularExpressions;

namespace Roam.Lab;

/// <summary>Looks for what must never be written on the main screen: SU, SD, DL, IL, regions, ED of the screen or of the scrollback, RIS.</summary>
internal sealed partial class CanvasOutputScan
{
    private bool _alternate;

    /// <summary>The first offence.</summary>
    public string? Forbidden { get; private set; }

    /// <summary>Takes what was written at once; no sequence is cut.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        foreach (string part in Switches().Split(text))
        {
            if (part is "\e[?1049h" or "\e[?1049l")
            {
                _alternate = part[^1] == 'h';
            }
            else if (!_alternate && Offences().Match(part) is { Success: true } match)
            {
                Forbidden ??= match.Value.Replace('\e', '^');
            }
        }
    }

    [GeneratedRegex("(\e\\[\\?1049[hl])")]
    private static partial Regex Switches();

    [GeneratedRegex("\e\\[[0-9;]*[STML]|\e\\[[0-9]+;[0-9]*r|\e\\[[123]J|\e\\[(1;1)?H\e\\[0?J|\ec")]
    private static partial Regex Offences();
}
