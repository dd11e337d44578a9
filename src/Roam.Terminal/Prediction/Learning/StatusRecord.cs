namespace Roam.Terminal;

/// <summary>What became of the keys typed while a full-screen program showed one status line.</summary>
internal struct StatusRecord
{
    /// <summary>Epochs whose echo was confirmed, less those that went wrong.</summary>
    public int Confirmed;

    /// <summary>Enters that opened a line below: an editor.</summary>
    public int PureEnters;

    /// <summary>Enters that did something else: a form, a menu.</summary>
    public int OtherEnters;

    /// <summary>A wrong cell that was moved by an insert: the program overwrites.</summary>
    public bool Overwrites;
}
