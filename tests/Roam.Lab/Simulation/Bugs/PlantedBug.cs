namespace Roam.Lab;

/// <summary>
/// Mistakes that an implementation could make, acted out from outside the product (by a box on the path that knows the key, a timing policy, a compressor, a predictor):
/// the simulator has to notice every one of them.
/// </summary>
internal enum PlantedBug
{
    None,

    /// <summary>Old datagrams pass as new ones: the window of sequence numbers is off.</summary>
    ReplayAccepted,

    /// <summary>The same from a stranger's address: the session follows it.</summary>
    AddressFollowsReplay,

    /// <summary>A nonce is used twice.</summary>
    NonceReused,

    /// <summary>The acknowledgement names a state that was not received.</summary>
    AcknowledgesUnseen,

    /// <summary>The diff is applied to another state than it was made from.</summary>
    WrongBase,

    /// <summary>What a diff says is lost on the way into the state.</summary>
    DiffContentLost,

    /// <summary>throwaway_num never moves: the receiver keeps every state.</summary>
    ThrowawayIgnored,

    /// <summary>A lost state is never sent again.</summary>
    NoRepair,

    /// <summary>The end is never sent.</summary>
    EndNeverSent,

    /// <summary>Frames as fast as they come.</summary>
    NoPacing,

    /// <summary>Acknowledgements all the time.</summary>
    ChattyWhenIdle,

    /// <summary>The echo acknowledgement does not wait for the program.</summary>
    EchoAckTooEarly,

    /// <summary>A guess is drawn and never judged.</summary>
    WrongGuessKept,

    /// <summary>Guesses are drawn although nothing confirmed the echo.</summary>
    PasswordShown,

    /// <summary>A line of the history is sent in another's place, which is forgotten.</summary>
    LineSentForAnother,

    /// <summary>A line is taken for committed and was not drawn.</summary>
    LineNotDrawn,

    /// <summary>What is drawn over the picture is not known to what commits the rows under it.</summary>
    GuessCommitted,
}
