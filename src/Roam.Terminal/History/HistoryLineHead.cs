namespace Roam.Terminal;

/// <summary>What is known of a history line without decoding its cells.</summary>
/// <param name="Number">Lines are numbered from 0 in the order in which they left the main screen.</param>
/// <param name="GapCount">0: an ordinary line. Else so many lines, from <paramref name="Number"/> on, were not kept.</param>
/// <param name="Width">Columns of the row it was.</param>
/// <param name="Occupied">Columns that were printed: trailing spaces count, what was never written does not.</param>
/// <param name="Wrapped">Its text goes on in the next line.</param>
/// <param name="EndsInSpacer">It wrapped because a wide character did not fit: the last column is empty.</param>
/// <param name="Bytes">Length of the record.</param>
public readonly record struct HistoryLineHead(ulong Number, ulong GapCount, int Width, int Occupied, bool Wrapped, bool EndsInSpacer, int Bytes)
{
    public bool IsGap => GapCount != 0;
}
