namespace Roam.Host;

/// <summary>Which end listens, and who says where a connection goes.</summary>
public enum ForwardKind
{
    /// <summary>-L: this end listens, the far one connects.</summary>
    Local,

    /// <summary>-R: the far end listens, this one connects.</summary>
    Remote,

    /// <summary>-D: this end listens and speaks SOCKS, the far one connects.</summary>
    Dynamic,
}
