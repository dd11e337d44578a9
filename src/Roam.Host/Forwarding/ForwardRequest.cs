using System.Globalization;

namespace Roam.Host;

/// <summary>One forward of a client, and how it is.</summary>
internal sealed class ForwardRequest(ForwardSpec spec)
{
    public ForwardSpec Spec => spec;

    public ForwardState State { get; set; }

    /// <summary>The port that is listened on; 0: not known, or a unix socket.</summary>
    public int Port { get; set; }

    public string Failure { get; set; } = "";

    /// <summary>Of this end's listener.</summary>
    public Acceptor? Acceptor { get; set; }

    /// <summary>Of the far end's listener, while it is asked for or there; 0 is the id of no such stream, as it is the first of all.</summary>
    public ulong? ListenId { get; set; }

    /// <summary>What is known of the place where it listens: with the port that was chosen.</summary>
    public string Place => spec.Listen.Path ?? string.Create(CultureInfo.InvariantCulture, $"port {(Port > 0 ? Port : spec.Listen.Port)}");

    /// <summary>For a list: `-L 8080:localhost:80 listening on port 8080`.</summary>
    public string Description => $"-{spec.Letter} {spec.Text} " + State switch
    {
        ForwardState.Listening => $"listening on {Place}",
        ForwardState.Failed => $"failed: {Failure}",
        ForwardState.Removed => "removed",
        _ => "waiting",
    };
}
