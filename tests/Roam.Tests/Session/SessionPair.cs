using Roam.Host;
using Roam.Lab;
using Roam.Session;
using Roam.Terminal;
using Roam.Tests.Transport;
using Roam.Transport;

namespace Roam.Tests.Session;

/// <summary>A client and a server joined by a path that delivers at once, and an echo in place of a program. Allocates nothing itself, so that the sessions can be measured.</summary>
internal sealed class SessionPair : IDisposable
{
    private readonly ZlibCompressor _clientZlib = new();
    private readonly ZlibCompressor _serverZlib = new();
    private readonly byte[] _datagram = new byte[2048];
    private readonly byte[] _keys = new byte[1024];
    private readonly TerminalPainter _painter = new(TerminalCapabilities.Default);
    private readonly GrowingBuffer _painted = new();
    private readonly PeerAddress _clientAddress = new SimAddress(1, 40_000).ToPeer();
    private readonly PeerAddress _serverAddress = new SimAddress(9, 60_001).ToPeer();

    /// <param name="prediction">The client's.</param>
    /// <param name="width">Of the client's window.</param>
    /// <param name="height">Of the client's window.</param>
    /// <param name="clientAnnounces">False: a client as stock's.</param>
    /// <param name="serverAnnounces">False: a server as stock's.</param>
    /// <param name="allowScreenReports">The server answers what is on its screen.</param>
    /// <param name="predictor">In place of the client's own.</param>
    /// <param name="terminal">What the client knows of its terminal at the start.</param>
    public SessionPair(
        PredictionMode prediction = PredictionMode.Always,
        int width = 80,
        int height = 24,
        bool clientAnnounces = true,
        bool serverAnnounces = true,
        bool allowScreenReports = false,
        IPredictor? predictor = null,
        ClientTerminal? terminal = null)
    {
        SimRandom random = new(1);
        SessionKey key = SessionKey.Create(random);
        Key = key;
        Now = new Instant(5_000_000);
        ServerSessionOptions options = new() { Width = width, Height = height, Announces = serverAnnounces, AllowScreenReports = allowScreenReports };
        Server = new ServerSession(key, new RoamTiming(), random.Fork(), _serverZlib, Now, options);
        Client = new ClientSession(
            key,
            new RoamTiming(),
            random.Fork(),
            _clientZlib,
            Now,
            _serverAddress,
            new ClientSessionOptions { Width = width, Height = height, PredictionMode = prediction, Announces = clientAnnounces, Terminal = terminal, Predictor = predictor });
        _painter.Resize(width, height);
    }

    public SessionKey Key { get; }

    public ClientSession Client { get; }

    public ServerSession Server { get; }

    public Instant Now { get; private set; }

    public bool IsServerCut { get; set; }

    /// <summary>Sees what each side sends, also what is lost.</summary>
    public DatagramTap? ClientTap { get; set; }

    public DatagramTap? ServerTap { get; set; }

    public long FramesPainted { get; private set; }

    public long PaintedBytes { get; private set; }

    /// <summary>Of the newest frame.</summary>
    public ScreenExtras PaintedExtras { get; private set; } = ScreenExtras.None;

    public List<ServerEvent> ServerEvents { get; } = new(64);

    public List<ClientEvent> ClientEvents { get; } = new(64);

    /// <summary>Bytes that came out of the server for the program.</summary>
    public List<byte> ProgramInput { get; } = new(4096);

    /// <summary>The program does not read.</summary>
    public bool IsProgramBusy { get; set; }

    public bool Echoes { get; set; } = true;

    /// <summary>ICANON and ECHO of the program's terminal; null: nobody can tell.</summary>
    public (bool IsCanonical, bool Echoes)? LineFlags { get; set; }

    /// <summary>How often the server wanted to know them.</summary>
    public int Looks { get; private set; }

    public void Type(ReadOnlySpan<byte> keys)
    {
        Client.HandleInput(Now, keys);
        Pump();
    }

    public void RunForMillis(int millis)
    {
        for (int i = 0; i < millis; i++)
        {
            Now = Now.PlusMillis(1);
            Pump();
        }
    }

    public void Output(ReadOnlySpan<byte> bytes)
    {
        Server.HandleOutput(Now, bytes);
        Pump();
    }

    public void Pump()
    {
        Client.HandleTimeout(Now);
        Server.HandleTimeout(Now);
        for (bool any = true; any;)
        {
            any = false;
            while (Client.PollTransmit(Now, _datagram, out int written, out _))
            {
                any = true;
                ClientTap?.Add(_datagram.AsSpan(0, written));
                if (!IsServerCut)
                {
                    Server.HandleDatagram(Now, _clientAddress, _datagram.AsSpan(0, written), false);
                }
            }

            PumpProgram();
            Look();
            while (Server.PollTransmit(Now, _datagram, out int written, out _))
            {
                any = true;
                ServerTap?.Add(_datagram.AsSpan(0, written));
                if (!IsServerCut)
                {
                    Client.HandleDatagram(Now, _serverAddress, _datagram.AsSpan(0, written), false);
                }
            }
        }

        if (Client.PollScreen(Now, out Screen frame))
        {
            _painter.Paint(frame, _painted);
            FramesPainted++;
            PaintedExtras = frame.Extras;
            PaintedBytes += _painted.Length;
            _painted.Clear();
        }

        while (Client.PollEvent(out ClientEvent e))
        {
            ClientEvents.Add(e);
        }
    }

    private void Look()
    {
        if (Server.WantsFarTerminal(Now))
        {
            Looks++;
            if (LineFlags is { } flags)
            {
                Server.SetFarTerminal(Now, flags.IsCanonical, flags.Echoes);
            }
        }
    }

    private void PumpProgram()
    {
        while (Server.PollEvent(out ServerEvent e))
        {
            ServerEvents.Add(e);
        }

        while (!IsProgramBusy && Server.HasInput)
        {
            int count = Server.PollInput(Now, _keys);
            if (count == 0)
            {
                break;
            }

            if (Echoes)
            {
                Server.HandleOutput(Now, _keys.AsSpan(0, count));
            }
            else
            {
                ProgramInput.AddRange(_keys.AsSpan(0, count));
            }
        }
    }

    public void Dispose()
    {
        _clientZlib.Dispose();
        _serverZlib.Dispose();
    }
}
