namespace Roam.Host;

/// <summary>What was found out about one place that datagrams were sent to.</summary>
public sealed record PlaceReport
{
    public required string Address { get; init; }

    public bool IsIPv6 { get; init; }

    /// <summary>Why nothing could be sent at all; empty: something was.</summary>
    public string Refusal { get; init; } = "";

    public bool Answers { get; init; }

    public int Sent { get; init; }

    public int Lost { get; init; }

    public long MinMicros { get; init; }

    public long MedianMicros { get; init; }

    /// <summary>The longest datagram that passed unfragmented both ways.</summary>
    public int BytesMax { get; init; }

    /// <summary>This machine's address and port, as the far side saw them.</summary>
    public string SeenAs { get; init; } = "";

    /// <summary>Where the answers came from, when that was not the place itself.</summary>
    public string AnsweredFrom { get; init; } = "";
}
