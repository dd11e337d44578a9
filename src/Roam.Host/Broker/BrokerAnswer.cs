namespace Roam.Host;

/// <summary>What the broker says to a session that wants to join.</summary>
internal enum BrokerAnswer : byte
{
    Yes,

    /// <summary>It is of another version of Roam, and goes on for the sessions that it has.</summary>
    OtherVersion,

    /// <summary>The id is another session's, or this one's old connection is not yet gone.</summary>
    IdTaken,

    /// <summary><see cref="BrokerLoop.SessionsMax"/> sessions are there.</summary>
    Full,
}
