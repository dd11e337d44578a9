namespace Roam.Transport;

/// <summary>What the way through ssh is for.</summary>
public enum CarrierUse
{
    /// <summary>UDP alone.</summary>
    None,

    /// <summary>Used while UDP does not get through.</summary>
    Fallback,

    /// <summary>The only way.</summary>
    Only,
}
