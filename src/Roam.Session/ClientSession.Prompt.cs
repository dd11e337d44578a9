using Roam.Terminal;

namespace Roam.Session;

/// <summary>The line about forwardings that the user types after the escape key, and what the bar says of them.</summary>
public sealed partial class ClientSession
{
    /// <summary>Long enough to read a sentence that was asked for.</summary>
    private const long AnswerMicros = 6 * NotificationBar.MessageMicros;

    private readonly CommandPrompt _prompt = new("forward");

    /// <summary>The line of the last <see cref="ClientEvent.Command"/>.</summary>
    public string TypedCommand { get; private set; } = "";

    /// <summary>Shows a sentence in the bar for a while.</summary>
    public void Tell(string sentence) => _screen.SetNotice(sentence, AnswerMicros);

    private void OpenPrompt()
    {
        _prompt.Open();
        _screen.SetMessage(_prompt.Text);
    }

    private int TypeIntoPrompt(ReadOnlySpan<byte> keys)
    {
        if (_prompt.Take(keys, out int taken))
        {
            TypedCommand = _prompt.Line;
            Report(ClientEvent.Command);
        }

        _screen.SetMessage(_prompt.IsOpen ? _prompt.Text : null);
        return taken;
    }
}
