namespace Roam.Host;

/// <summary>What a frame of a copy says (docs/files.md, "On the wire"). The numbers are the wire's.</summary>
internal enum FrameType : byte
{
    None = 0,

    // From the one who asks, to either end.
    Source = 1,
    Expect = 2,
    Destination = 3,
    Start = 4,

    // From the sender.
    Roots = 16,
    Enter = 17,
    Leave = 18,
    File = 19,
    Link = 20,
    Begin = 21,
    Data = 22,
    Same = 23,
    Hole = 24,
    End = 25,
    Abandon = 26,
    DirectoryDone = 27,
    Census = 28,
    Finish = 29,

    // From the receiver.
    Answer = 48,
    Hashes = 49,
    Stop = 50,
    Finished = 51,

    /// <summary>From either end, for the user.</summary>
    Note = 64,
}
