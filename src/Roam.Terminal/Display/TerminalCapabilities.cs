#pragma warning disable CA1822
namespace Roam.Terminal;

/// <summary>What the user's own terminal can do, as far as the painter needs to know. Built by the host from TERM, COLORTERM and the compiled terminfo entry.</summary>
public sealed record TerminalCapabilities
{
    /// <summary>What to assume of a terminal without a terminfo entry.</summary>
    public static readonly TerminalCapabilities Default = new();

    /// <summary>Palette size: 0, 8, 16, 88 or 256.</summary>
    public int Colors { get; init; } = 256;

    public bool TrueColor { get; init; }

    /// <param name="terminfo">The compiled entry, or empty when there is none.</param>
    /// <param name="term">TERM.</param>
    /// <param name="colorTerm">COLORTERM ("truecolor" or "24bit" promise direct colour).</param>
    public static TerminalCapabilities From(ReadOnlySpan<byte> terminfo, string? term, string? colorTerm) => Default;
}
