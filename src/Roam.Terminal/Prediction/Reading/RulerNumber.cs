namespace Roam.Terminal;

/// <summary>A number on one of the rows where editors say where the cursor is, and what it was seen to follow.</summary>
internal struct RulerNumber
{
    /// <summary>Column of its first digit; -1: there is no such number.</summary>
    public int Start;

    public int Length;

    public int Value;

    /// <summary>How it goes with the cursor's column ...</summary>
    public Following Column;

    /// <summary>... and with its row.</summary>
    public Following Row;
}
