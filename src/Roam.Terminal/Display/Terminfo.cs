#pragma warning disable CA1822
namespace Roam.Terminal;

/// <summary>A compiled terminfo entry (term(5)), legacy or 32-bit number format, with the extended section. Pure: the host reads the file.</summary>
public sealed class Terminfo
{
    /// <summary>Null when the bytes are not a terminfo entry.</summary>
    public static Terminfo? Parse(ReadOnlySpan<byte> entry) => null;
}
