namespace Roam.Host;

/// <summary>What is asked of a running client's forwardings.</summary>
internal enum ForwardVerb
{
    Help,
    List,
    Add,
    Remove,
}
