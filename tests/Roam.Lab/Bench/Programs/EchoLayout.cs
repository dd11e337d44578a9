namespace Roam.Lab;

/// <summary>
/// Where the echo program draws its nth key: rows of 60, 20 rows, then from the top again. Nothing scrolls, so the program's screen says which keys have arrived:
/// a place gets another letter each time round.
/// </summary>
internal static class EchoLayout
{
    private const int Columns = 60;
    private const int Rows = 20;
    private const int Letters = 26;

    public static byte Letter(int index) => (byte)('a' + (index % Letters));

    public static int Column(int index) => index % Columns;

    public static int Row(int index) => index / Columns % Rows;

    /// <summary>What takes the cursor from the nth key to the next one.</summary>
    public static ReadOnlySpan<byte> MoveAfter(int index) =>
        Column(index) < Columns - 1 ? default : Row(index) < Rows - 1 ? "\r\n"u8 : "\e[H"u8;
}
