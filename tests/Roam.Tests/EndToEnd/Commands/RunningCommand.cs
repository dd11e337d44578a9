using System.Diagnostics;
using System.Security.Cryptography;
using Roam.Host;

namespace Roam.Tests.EndToEnd;

/// <summary>A program on three pipes, as shells and git start it: fed, read and told signals from here.</summary>
internal sealed class RunningCommand : IDisposable
{
    private readonly Process _process;
    private readonly Thread _errorReader;
    private string _error = "";

    private RunningCommand(Process process)
    {
        _process = process;
        _errorReader = new Thread(() => _error = process.StandardError.ReadToEnd()) { IsBackground = true };
        _errorReader.Start();
    }

    public int Pid => _process.Id;

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    public static RunningCommand Start(IReadOnlyList<string> argv, params (string Name, string? Value)[] environment)
    {
        ProcessStartInfo start = new(argv[0], argv.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach ((string name, string value) in Sandbox.Environment(environment))
        {
            start.Environment[name] = value;
        }

        return new RunningCommand(Process.Start(start) ?? throw new InvalidOperationException(argv[0]));
    }

    /// <summary>`roam` with words, to the tests' sshd.</summary>
    public static RunningCommand Roam(params string[] words) => Start([Programs.Roam, $"--ssh={SshServer.Instance.Command}", .. words]);

    /// <summary>Runs to the end with that input.</summary>
    public static (int ExitCode, string Output, string Error) Run(IReadOnlyList<string> argv, string input = "", params (string Name, string? Value)[] environment)
    {
        using RunningCommand command = Start(argv, environment);
        try
        {
            command.Input.Write(System.Text.Encoding.UTF8.GetBytes(input));
            command.Input.Close();
        }
        catch (IOException)
        {
            // It reads nothing.
        }

        string output = command.ReadAll();
        int code = command.WaitForExit(out string error);
        return (code, output, error);
    }

    public static (int ExitCode, string Output, string Error) RunRoam(string input, params string[] words) => Run([Programs.Roam, $"--ssh={SshServer.Instance.Command}", .. words], input);

    /// <summary>Waits for the text in the output, which is read up to there.</summary>
    public void WaitFor(string text)
    {
        string seen = "";
        while (!seen.Contains(text, StringComparison.Ordinal))
        {
            int value = Output.ReadByte();
            Assert.True(value >= 0, $"\"{text}\" did not come; before its end it said: {seen}");
            seen += (char)value;
        }
    }

    public string ReadAll() => new StreamReader(Output).ReadToEnd();

    /// <summary>Sends so many pseudo-random bytes and compares what comes back.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="between">Called at each tenth.</param>
    public void Echo(long bytes, Action<int>? between = null)
    {
        const int Piece = 1 << 16;
        byte[] sent = [];
        Thread writer = new(() =>
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Random random = new(7);
            byte[] piece = new byte[Piece];
            int tenth = 0;
            for (long at = 0; at < bytes; at += Piece)
            {
                random.NextBytes(piece);
                int length = (int)Math.Min(Piece, bytes - at);
                hash.AppendData(piece, 0, length);
                Input.Write(piece, 0, length);
                if (at >= bytes / 10 * (tenth + 1))
                {
                    between?.Invoke(++tenth);
                }
            }

            Input.Close();
            sent = hash.GetHashAndReset();
        });
        writer.Start();
        byte[] come = SHA256.HashData(Output);
        writer.Join();
        Assert.Equal(Convert.ToHexString(sent), Convert.ToHexString(come));
    }

    public void Signal(int signal) => _ = Libc.kill(Pid, signal);

    public int WaitForExit(out string error)
    {
        bool isOver = _process.WaitForExit(Programs.Patience);
        if (!isOver)
        {
            _process.Kill();
        }

        _errorReader.Join();
        error = _error;
        Assert.True(isOver, $"{_process.StartInfo.FileName} did not end. It said: {error}");
        return _process.ExitCode;
    }

    public int WaitForExit() => WaitForExit(out _);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
