using System.Text.RegularExpressions;
using Roam.Terminal;

namespace Roam.Tests.Display;

/// <summary>
/// Reads what was drawn and finds the first sequence that a terminal's entry does not have. Independent of the painter: it looks at the entry only. A mode that
/// a program sets is its own affair, but it may be reset unasked only on a terminal that has such modes.
/// </summary>
internal sealed partial class TerminalSyntax(Terminfo entry, string term)
{
    private readonly HashSet<string> _set = [];

    public string? FindForeign(string drawn)
    {
        int at = 0;
        while (at < drawn.Length)
        {
            Match match = Token().Match(drawn, at);
            if (!match.Success || match.Length == 0 || !IsKnown(match.Value))
            {
                return Pictures.Readable(drawn.Substring(at, Math.Min(30, drawn.Length - at)));
            }

            at += match.Length;
        }

        return null;
    }

    private bool IsKnown(string token)
    {
        if (token[0] != '\x1b')
        {
            return true;
        }

        return token[1] switch
        {
            ']' => !IsTitle().IsMatch(token) ? !TerminalFamily.IsPlain(term) : TerminalFamily.HasTitle(term) || Has("tsl"),
            'M' => Has("ri"),
            _ => IsKnownCsi(token[2..^1], token[^1]),
        };
    }

    private bool IsKnownCsi(string parameters, char final) => (parameters, final) switch
    {
        (_, 'H') => true,
        ("2", 'J') => true,
        ("", 'J') => Has("ed"),
        ("", 'K') => Has("el"),
        ("1", 'K') => Has("el1"),
        (_, 'X') => Has("ech"),
        (_, '@') => Has("ich"),
        (_, 'P') => Has("dch"),
        (_, 'b') => Has("rep"),
        (_, 'r') => Has("csr"),
        (_, 'T') => Has("rin"),
        (_, 'A') => Has("cuu"),
        (_, 'B') => Has("cud"),
        (_, 'C') => Has("cuf"),
        (_, 'D') => Has("cub"),
        (_, 'G') => Has("hpa"),
        (_, 'd') => Has("vpa"),
        ("22;0" or "23;0", 't') => TerminalFamily.HasTitle(term) || Has("tsl"),
        (_, 'q') => TerminalFamily.HasTitle(term) || entry.HasExtended("Ss"u8),
        (_, 'm') => IsKnownRendition(parameters),
        (['?', ..], 'h' or 'l') => parameters switch
        {
            "?25" => Has("civis"),
            "?7" or "?5" or "?1" => true, // DECAWM, DECSCNM, DECCKM: since the VT100.
            _ => (final == 'h' && _set.Add(parameters)) || _set.Contains(parameters) || Has("kmous"),
        },
        _ => false,
    };

    private bool IsKnownRendition(string parameters)
    {
        int colors = entry.Number(TerminfoIndex.MaxColors);
        string plain = PaletteColor().Replace(parameters, match => colors >= 256 ? "1" : "no");
        return plain.Split(';').All(p => p switch
        {
            "" or "0" or "1" or "4" or "5" or "7" or "8" => true,
            "2" => Has("dim"),
            "3" => Has("sitm"),
            "9" => entry.HasExtended("smxx"u8),
            "53" => entry.HasExtended("XT"u8),
            "22" or "24" or "25" or "27" => Has("rmul24"),
            "23" => Has("sitm"),
            "39" or "49" => Has("op"),
            ['3' or '4', >= '0' and <= '7'] => colors >= 8,
            ['9', _] or ['1', '0', _] => colors >= 16,
            ['4', ':', ..] or ['5', '8', ':', ..] => entry.HasExtended("Smulx"u8),
            _ => false,
        });
    }

    private bool Has(string name) => name == "rmul24"
        ? entry.String(TerminfoIndex.ExitUnderlineMode).IndexOf("[24m"u8) >= 0
        : !entry.String(name switch
        {
            "ri" => TerminfoIndex.ScrollReverse,
            "ed" => TerminfoIndex.ClearToEndOfScreen,
            "el" => TerminfoIndex.ClearToEndOfLine,
            "el1" => TerminfoIndex.ClearToBeginningOfLine,
            "ech" => TerminfoIndex.EraseChars,
            "ich" => TerminfoIndex.ParmInsertCharacters,
            "dch" => TerminfoIndex.ParmDeleteCharacters,
            "rep" => TerminfoIndex.RepeatCharacter,
            "csr" => TerminfoIndex.ChangeScrollRegion,
            "rin" => TerminfoIndex.ParmReverseIndex,
            "cuu" => TerminfoIndex.ParmUpCursor,
            "cud" => TerminfoIndex.ParmDownCursor,
            "cuf" => TerminfoIndex.ParmRightCursor,
            "cub" => TerminfoIndex.ParmLeftCursor,
            "hpa" => TerminfoIndex.ColumnAddress,
            "vpa" => TerminfoIndex.RowAddress,
            "civis" => TerminfoIndex.CursorInvisible,
            "kmous" => TerminfoIndex.KeyMouse,
            "dim" => TerminfoIndex.EnterDimMode,
            "sitm" => TerminfoIndex.EnterItalicsMode,
            "op" => TerminfoIndex.OriginalPair,
            "tsl" => TerminfoIndex.ToStatusLine,
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        }).IsEmpty;

    [GeneratedRegex(@"\G(?:[\a\b\n\r]|[^\x00-\x1F\x7F-\x9F]+|\x1B\][^\x00-\x1F]*\a|\x1BM|\x1B\[[0-?]*[ -/]*[@-~])")]
    private static partial Regex Token();

    [GeneratedRegex(@"^\x1B\][012];")]
    private static partial Regex IsTitle();

    [GeneratedRegex(@"(?<=^|;)[34]8;5;\d+(?=;|$)")]
    private static partial Regex PaletteColor();
}
