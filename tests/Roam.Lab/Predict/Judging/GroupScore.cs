namespace Roam.Lab;

/// <summary>What the verdicts over some keys come to.</summary>
internal readonly record struct GroupScore(int Keys, int Visible, int Shown, int ShownAtCursor, int WrongCells, int WrongCursors, int Leaked)
{
    /// <summary>Of the visible keys.</summary>
    public double ShownPercent => Percent(Shown, Visible);

    /// <summary>Of the visible keys, by the gentler rule (<see cref="KeyVerdict.IsShownAtCursor"/>).</summary>
    public double ShownAtCursorPercent => Percent(ShownAtCursor, Visible);

    /// <summary>Keys with a wrong cell, as percent of the shown keys.</summary>
    public double WrongCellPercent => Percent(WrongCells, Shown);

    public double WrongCursorPercent => Percent(WrongCursors, Shown);

    public static GroupScore Of(KeyVerdict v) => !v.Counts
        ? default
        : new GroupScore(1, v.IsVisible ? 1 : 0, v.IsShown ? 1 : 0, v.IsShownAtCursor ? 1 : 0, v.WrongCells != 0 ? 1 : 0, v.HasWrongCursor ? 1 : 0, v.IsLeaked ? 1 : 0);

    public static GroupScore operator +(GroupScore a, GroupScore b) => new(
        a.Keys + b.Keys, a.Visible + b.Visible, a.Shown + b.Shown, a.ShownAtCursor + b.ShownAtCursor, a.WrongCells + b.WrongCells, a.WrongCursors + b.WrongCursors, a.Leaked + b.Leaked);

    public static GroupScore Add(GroupScore left, GroupScore right) => left + right;

    private static double Percent(int part, int whole) => whole == 0 ? 0 : 100.0 * part / whole;
}
