using System.Globalization;
using System.Text;
using Roam.Host;

namespace Roam.Lab;

/// <summary>One pair's client on a terminal of its own, its server behind the link, and the judge of what the client shows.</summary>
internal sealed class LiveClient : IDisposable
{
    private readonly TypedProgram _client;
    private readonly PredictionJudge _judge;
    private readonly ReferenceScreen _reference;
    private double _firstCpuMillis = -1;
    private double _lastCpuMillis;
    private int _keysBetween;

    private LiveClient(SessionPair pair, TypedProgram client, int serverPid, PredictionJudge judge)
    {
        Pair = pair;
        _client = client;
        ServerPid = serverPid;
        _judge = judge;
        _reference = new ReferenceScreen(TypingWorkload.Width, TypingWorkload.Height, judge);
    }

    public SessionPair Pair { get; }

    public TypedProgram Terminal => _client;

    public int ServerPid { get; }

    public int ClientPid => _client.Pid;

    /// <summary>A program by its bare name is the installed one.</summary>
    private bool IsStockServer => !Pair.Server.Contains('/');

    public bool HasDrawn { get; private set; }

    /// <summary>CPU time of the client between the first and the last key, by key; startup and end are not part of it.</summary>
    public double CpuMicrosPerKey => _keysBetween == 0 ? 0 : (_lastCpuMillis - _firstCpuMillis) * 1000 / _keysBetween;

    public static LiveClient Start(Testbed bed, SessionPair pair, string predict, string[] command, long roundTripMicros)
    {
        string address = bed.FarAddress(ipv6: false);
        ServerLaunch server = ServerLaunch.Start(pair.Server, bed.EnterFar, address, command);
        try
        {
            string port = bed.Reach(server.Port).ToString(CultureInfo.InvariantCulture);
            string[] variables =
            [
                "TERM=" + WorkloadHome.Term, "LC_ALL=C.UTF-8", "PATH=" + Environment.GetEnvironmentVariable("PATH"), "HOME=" + Environment.GetEnvironmentVariable("HOME"),
                "MOSH_KEY=" + server.Key, "MOSH_PREDICTION_DISPLAY=" + predict,
            ];
            TypedProgram client = TypedProgram.Start([.. bed.EnterNear, pair.Client, address, port], [.. variables.Select(Encoding.UTF8.GetBytes)]);
            return new LiveClient(pair, client, server.Pid, new PredictionJudge(roundTripMicros));
        }
        catch (InvalidOperationException)
        {
            _ = Libc.kill(server.Pid, Libc.SIGKILL);
            throw;
        }
    }

    /// <summary>Before the key is typed, so that reading it takes nothing of the key's time.</summary>
    public void SampleCpu()
    {
        if (_client.HasEnded || ProcessSample.CpuMillisOf(ClientPid) is not { } millis)
        {
            return;
        }

        _keysBetween += _firstCpuMillis < 0 ? 0 : 1;
        _firstCpuMillis = _firstCpuMillis < 0 ? millis : _firstCpuMillis;
        _lastCpuMillis = millis;
    }

    public void Type(long nowMicros, Keystroke key)
    {
        _judge.Key(nowMicros, key);
        _client.Type(key);
    }

    /// <summary>What the reference's program wrote.</summary>
    public void Compare(long nowMicros, ReadOnlySpan<byte> output) => _reference.Write(nowMicros, IsStockServer ? OneScreen.Without(output) : output);

    /// <summary>What the client has drawn, if it has. True: it has.</summary>
    public bool Read(long nowMicros)
    {
        if (_client.Read(nowMicros).IsEmpty)
        {
            return false;
        }

        _judge.Frame(nowMicros, _client.Emulator.FrameScreen);
        return HasDrawn = true;
    }

    public IReadOnlyList<KeyVerdict> Judge() => _judge.Judge();

    /// <summary>By force: the programs of this session end with their server.</summary>
    public void Kill()
    {
        _ = Libc.kill(ServerPid, Libc.SIGKILL);
        if (ClientPid != 0)
        {
            _ = Libc.kill(ClientPid, Libc.SIGKILL);
        }
    }

    public void Dispose()
    {
        Kill();
        _client.Dispose();
    }
}
