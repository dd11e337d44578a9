namespace Roam.Lab;

/// <summary>What one end did with a stream, and what it saw.</summary>
internal sealed class ChannelState
{
    public long Written { get; set; }

    public long Read { get; set; }

    /// <summary>It will write no more.</summary>
    public bool IsFinished { get; set; }

    /// <summary>The peer has said that it will write no more.</summary>
    public bool IsPeerFinished { get; set; }

    /// <summary>Reset, refused or stopped by either end: not all bytes need to arrive.</summary>
    public bool IsCut { get; set; }

    public bool IsOver { get; set; }
}
