using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>What the client paints: the newest screen of the server, over it the guesses, over them the bar. Owns the frame it hands out.</summary>
internal sealed class ClientScreen(ClientSessionOptions options)
{
    private readonly NotificationBar _bar = new() { QuitHint = QuitHintOf(options.EscapeKey) };
    private Screen? _frame;
    private string? _notice;

    public IPredictor Predictor { get; } = options.Predictor ?? Predictors.Create(options.PredictionMode, options.PredictOverwrite);

    /// <summary>Something changed, or a time came, since the last frame.</summary>
    public bool IsDue { get; private set; }

    public bool HasMessage { get; private set; }

    /// <summary>When a frame is due although nothing comes in: kept from the last one, so that asking costs nothing.</summary>
    public Instant NextTimeout { get; private set; } = Instant.Never;

    public void MarkChanged() => IsDue = true;

    /// <summary>A message stays until it is taken away.</summary>
    public void SetMessage(string? message, bool showQuitHint = false)
    {
        HasMessage = message is not null;
        _bar.SetMessage(message, permanent: true, showQuitHint);
        IsDue = true;
    }

    /// <summary>A message that goes away by itself, and never takes the place of one that does not.</summary>
    public void SetNotice(string notice, long shownMicros = NotificationBar.MessageMicros)
    {
        if (!HasMessage)
        {
            _notice = notice;
            _bar.SetMessage(notice, permanent: false, showQuitHint: false, shownMicros);
            IsDue = true;
        }
    }

    /// <summary>It is not true any more.</summary>
    public void EndNotice(string notice)
    {
        if (!HasMessage && ReferenceEquals(_notice, notice))
        {
            _bar.SetMessage(null, permanent: false, showQuitHint: false);
            IsDue = true;
        }
    }

    public void SetContact(Instant lastHeard, Instant lastAcked)
    {
        _bar.SetLastHeard(lastHeard.Micros);
        _bar.SetLastAcked(lastAcked.Micros);
    }

    public void HandleTimeout(Instant now)
    {
        if (now >= NextTimeout)
        {
            // A terminal that is busy takes no frame now: its host is not to be woken over and over.
            IsDue = true;
            NextTimeout = Instant.Never;
        }
    }

    public Screen Draw(Instant now, Screen remote)
    {
        _frame?.Release();
        _frame = remote.Snapshot();
        Predictor.Overlay(now.Micros, _frame);
        _bar.Overlay(now.Micros, _frame);
        IsDue = false;
        NextTimeout = Instant.Never;
        if (Predictor.NextTimeout(now.Micros, out long guess))
        {
            NextTimeout = new Instant(guess);
        }

        if (_bar.NextTimeout(now.Micros, out long bar))
        {
            NextTimeout = Instant.Min(NextTimeout, new Instant(bar));
        }

        return _frame;
    }

    private static string QuitHintOf(EscapeKeySettings escape) => escape.IsEnabled ? $"[To quit: {EscapeKeys.NameOf(escape.Key)} .]" : "";
}
