namespace Roam.Host;

/// <summary>The three of ssh's options.</summary>
public enum ForwardKind
{
    /// <summary>-L: listens here, connects there.</summary>
    Local,

    /// <summary>-R: listens there, connects here. Without a target it speaks SOCKS here.</summary>
    Remote,

    /// <summary>-D: listens here and speaks SOCKS; connects there.</summary>
    Dynamic,
}
