namespace Roam.Session;

/// <summary>The line about forwardings that the user types after the escape key.</summary>
public sealed partial class ClientSession
{
    private readonly CommandPrompt _prompt = new("forward");

    /// <summary>The line of the last <see cref="ClientEvent.Command"/>.</summary>
    public string TypedCommand { get; private set; } = "";

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
