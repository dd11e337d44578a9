namespace Roam.Lab;

internal enum SimEventKind
{
    /// <summary>A datagram arrives.</summary>
    Deliver,

    /// <summary>The user does the next thing.</summary>
    User,

    /// <summary>The next change of the network or the machines (partition, roaming, sleep, clock).</summary>
    Fault,

    /// <summary>The attacker does the next thing.</summary>
    Attack,

    /// <summary>A step of a script, or the next phase of the run.</summary>
    Step,
}
