namespace Roam.Terminal;

/// <summary>
/// What a program tells its terminal beside the picture: directory, colours, pointer, progress; and events with their counts (notifications, selections).
/// Immutable and shared by snapshots; setting what is set already keeps the object, so comparing references is nearly always enough.
/// </summary>
public sealed record ScreenExtras
{
    public static readonly ScreenExtras None = new();

    /// <summary>OSC 7: a file:// URL; null = not said.</summary>
    public string? WorkingDirectory { get; init; }

    public ColorOverrides Colors { get; init; } = ColorOverrides.None;

    /// <summary>OSC 22: a name of X11's cursor font or of CSS; null = the terminal's own.</summary>
    public string? PointerShape { get; init; }

    /// <summary>OSC 9;4.</summary>
    public Progress Progress { get; init; }

    /// <summary>The newest one; an event, counted by <see cref="NotificationCount"/>.</summary>
    public Notification? Notification { get; init; }

    public ulong NotificationCount { get; init; }

    /// <summary>OSC 52: events too.</summary>
    public Selections Selections { get; init; } = Selections.None;

    /// <summary>What of these did not fit (<see cref="Emulator.NotificationLengthMax"/>, <see cref="Selections.LengthMax"/>).</summary>
    public Refusal Refusal { get; init; }

    /// <summary>For a client that was not there when the events happened: it is told of none of them. What was put into the selections is kept.</summary>
    public ScreenExtras WithoutEvents() =>
        this with { Notification = null, NotificationCount = 0, Selections = Selections.AsOld(), Refusal = default };

    /// <summary>What RIS leaves: the directory and the events belong to the user.</summary>
    internal ScreenExtras AfterReset() =>
        Colors == ColorOverrides.None && PointerShape is null && Progress == default
            ? this
            : this with { Colors = ColorOverrides.None, PointerShape = null, Progress = default };
}
