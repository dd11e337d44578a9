namespace Roam.Terminal;

/// <summary>What the user's terminal is: asked about by the program, told to it when it changes.</summary>
public sealed partial class Emulator
{
    private ClientTerminal _client = ClientTerminal.Unknown;

    /// <summary>Set by the session when the client has said what its terminal is, or another client came. A program that asked for it is told (modes 2031, 2048).</summary>
    public ClientTerminal Client
    {
        get => _client;
        set
        {
            ClientTerminal old = _client;
            _client = value;
            if (value.Scheme != old.Scheme && _talk.SchemeReports)
            {
                ReportColorScheme();
            }

            if ((value.CellWidth != old.CellWidth || value.CellHeight != old.CellHeight) && _talk.SizeReports)
            {
                ReportTextArea();
            }

            if (_options.AnswerQueries)
            {
                ForgetUnsupportedKeyboard();
            }
        }
    }

    /// <summary>CSI ? 997 ; 1|2 n, for mode 2031 and for DSR ? 996.</summary>
    private void ReportColorScheme()
    {
        switch (_client.Scheme)
        {
            case ColorScheme.Dark:
                Reply("\e[?997;1n");
                break;
            case ColorScheme.Light:
                Reply("\e[?997;2n");
                break;
        }
    }

    /// <summary>Mode 2048: CSI 48 ; rows ; columns ; height ; width t. Unknown pixels are 0, as its specification says. Setting the mode again reports again.</summary>
    private void ReportTextArea()
    {
        if (BeginReply("\e[48;"u8))
        {
            _replies.Add(Screen.Height);
            _replies.Add(";"u8);
            _replies.Add(Screen.Width);
            _replies.Add(";"u8);
            _replies.Add(_client.KnowsPixels ? Screen.Height * _client.CellHeight : 0);
            _replies.Add(";"u8);
            _replies.Add(_client.KnowsPixels ? Screen.Width * _client.CellWidth : 0);
            EndReply("t"u8);
        }
    }
}
