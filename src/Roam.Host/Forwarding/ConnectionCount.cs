namespace Roam.Host;

/// <summary>How many forwarded connections one end has, of all its forwards.</summary>
internal sealed class ConnectionCount
{
    public int Count { get; private set; }

    public bool HasRoom => Count < ForwardLimits.ConnectionsMax;

    public void Add() => Count++;

    public void Remove() => Count--;
}
