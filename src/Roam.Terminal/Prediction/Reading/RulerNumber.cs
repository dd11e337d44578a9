namespace Roam.Terminal;

/// <summary>A number on one of the rows where editors say where the cursor is, and what it was seen to follow.</summary>
internal struct RulerNumber
{
    /// <summary>Column of its first digit; -1: there is no such number.</summary>
    public int Start;

    public int Length;

    public int Value;

    /// <summary>How often in a row it changed by as much as the cursor's column.</summary>
    public int FollowsColumn;

    /// <summary>How often in a row it changed by as much as the cursor's row.</summary>
    public int FollowsRow;
}
