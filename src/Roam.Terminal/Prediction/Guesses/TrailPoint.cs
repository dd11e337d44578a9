namespace Roam.Terminal;

/// <summary>Where the cursor is guessed to stand after one key.</summary>
/// <param name="Row">Of the cursor.</param>
/// <param name="Column">Of the cursor.</param>
/// <param name="Epoch">Shown once this epoch is confirmed.</param>
/// <param name="DueFrame">Can be judged by a screen whose echo ack has reached this client state.</param>
/// <param name="Key">Which key, counted from the start.</param>
internal readonly record struct TrailPoint(int Row, int Column, long Epoch, ulong DueFrame, long Key)
{
    public bool IsAt(in Cursor cursor) => Row == cursor.Row && Column == cursor.Column;
}
