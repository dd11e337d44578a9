using Roam.Host;

namespace Roam.Cli;

/// <summary>
/// One ssh connection on which the far side's script finds, takes or replaces Roam and starts what was asked for. Afterwards the pipes are the caller's: for frames,
/// or to be closed. Errors are one sentence each.
/// </summary>
internal sealed class FarLogin : IDisposable
{
    /// <summary>What start files print and nobody will read: beyond this it is not shown, and beyond the second the login is given up.</summary>
    public const long NoiseShownBytesMax = 64 * 1024;
    public const long NoiseBytesMax = 64 * 1024 * 1024;

    /// <summary>Places in the far side's script: each is tried once.</summary>
    public const int UploadsMax = 5;

    /// <summary>A hash that is wrong twice is no accident of the line, which ssh guards.</summary>
    private const int HashFailuresMax = 2;

    /// <summary>How long ssh may take to end once there is nothing left to say.</summary>
    private const int EndPatienceMillis = 10_000;

    private const int GivenUpPatienceMillis = 1000;

    private readonly FarRequest _request;
    private readonly ServerBuilds _builds;
    private FarUpload? _upload;
    private string _installError = "";
    private int _uploads;
    private int _hashFailures;
    private int _blankLines;
    private long _noiseBytes;
    private bool _isInPiece;
    private bool _usesMosh;

    private FarLogin(FarRequest request, ServerBuilds builds, PipedProcess process)
    {
        _request = request;
        _builds = builds;
        Process = process;
        Reader = new FarReader(request.EndWord);
    }

    public FarReader Reader { get; }

    public PipedProcess Process { get; }

    /// <summary>The end word came, nothing was read beyond it, and ssh lives: the pipes can be handed on.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>ssh's exit code once it has ended.</summary>
    public int SshExitCode { get; private set; }

    /// <summary>Empty: there is what was asked for. Else one sentence that says what to do.</summary>
    public string Error { get; private set; } = "";

    /// <summary>For the shell, when <see cref="Error"/> is set.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Starts ssh. Null: error is a sentence.</summary>
    public static FarLogin? TryStart(FarRequest request, ServerBuilds builds, out string error)
    {
        List<string> words = [.. request.Ssh, "--", FarScript.Command(request.Install, builds, request.Verb)];
        PipedProcess? process = PipedProcess.TryStart(words, out string reason);
        error = process is null ? $"{words[0]} could not be started: {reason}. Is OpenSSH's client installed? (--ssh names another command)" : "";
        return process is null ? null : new FarLogin(request, builds, process);
    }

    /// <summary>Talks until there is what was asked for (true), or nothing more can come of it.</summary>
    public bool Talk()
    {
        long end = Environment.TickCount64 + _request.PatienceMillis;
        while (Error.Length == 0)
        {
            int wait = _upload is { IsDone: false } ? (int)(UploadProgress.RedrawMicros / 1000) : -1;
            if (_request.PatienceMillis > 0)
            {
                int left = (int)Math.Max(end - Environment.TickCount64, 0);
                wait = wait < 0 ? left : Math.Min(wait, left);
            }

            switch (Process.Next(_upload is { IsDone: false }, wait, out string line))
            {
                case PipeEvent.Writable:
                    _upload?.Push(Process);
                    break;
                case PipeEvent.ErrorLine:
                    ShowError(line);
                    break;
                case PipeEvent.Piece:
                    ShowNoise(line, "");
                    _isInPiece = true;
                    break;
                case PipeEvent.Line when _isInPiece:
                    ShowNoise(line, "\n");
                    _isInPiece = false;
                    break;
                case PipeEvent.Line when Handle(line):
                    return Finish();
                case PipeEvent.Ended:
                    return FinishAtEnd();
                case PipeEvent.Timeout when _request.PatienceMillis > 0 && Environment.TickCount64 >= end:
                    Fail($"{_request.Host} did not answer within {_request.PatienceMillis / 1000} s");
                    break;
                case PipeEvent.Timeout:
                    _upload?.Draw();
                    break;
            }
        }

        // Closed pipes are a QUIT to the script and a broken pipe to whoever prints without end.
        HideUpload();
        Dispose();
        SshExitCode = Process.WaitForExit(GivenUpPatienceMillis, static _ => { });
        return false;
    }

    /// <summary>Lets ssh go: closes the pipes and waits for its end.</summary>
    public void Close()
    {
        IsOpen = false;
        Process.CloseInput();
        SshExitCode = Process.WaitForExit(EndPatienceMillis, ShowError);
        Dispose();
    }

    public void Dispose() => Process.Dispose();

    /// <summary>True: the end word.</summary>
    private bool Handle(string line)
    {
        FarLine kind = Reader.Read(line);
        if (kind != FarLine.Show)
        {
            _blankLines = 0;
            HideUpload();
        }

        switch (kind)
        {
            case FarLine.Show:
                ShowNoise(line, "\n");
                break;
            case FarLine.Note:
                Tell($"{_request.Host}: {Reader.Text}");
                break;
            case FarLine.Need:
                Answer();
                break;
            case FarLine.Failed:
                NoteFailure();
                break;
            case FarLine.Refused:
                Fail($"{Reader.Error}. The session was not started.");
                break;
            case FarLine.Taken:
                // Behind the announcement frames may follow.
                Process.ReadsByByte |= Reader.IsConnected;
                break;
        }

        return kind == FarLine.End;
    }

    private void Answer()
    {
        if (_request.Install == InstallMode.Never)
        {
            AnswerMosh("");
            return;
        }

        if (_installError.Length == 0)
        {
            ServerBuild? build = Reader.NeedForm == "none" ? null : _builds.TryFind(Reader.System, Reader.Machine, out _installError);
            if (Reader.NeedForm == "none")
            {
                _installError = _uploads > 0 ? $"roam does not run from any place on {_request.Host}" : $"{_request.Host} has no place to keep roam (read-only, full, or noexec)";
            }

            if (build is not null && TryUpload(build))
            {
                return;
            }
        }

        AnswerMosh(_installError);
    }

    private bool TryUpload(ServerBuild build)
    {
        if (++_uploads > UploadsMax)
        {
            _installError = $"roam could not be put on {_request.Host} in {UploadsMax} tries";
            return false;
        }

        if (ServerBuilds.TryRead(build, wantsPacked: Reader.NeedForm == "gz", out bool isPacked) is not { } bytes)
        {
            _installError = $"{build.File} cannot be read";
            return false;
        }

        _upload = FarUpload.OfBuild(build, bytes, isPacked, $"{_request.ProgramName}: putting roam on {_request.Host}", _request.IsQuiet);
        return true;
    }

    private void NoteFailure()
    {
        _hashFailures += Reader.FailedStep == "hash" ? 1 : 0;
        if (_hashFailures >= HashFailuresMax)
        {
            _installError = $"what arrived on {_request.Host} is not what was sent (its hash is wrong)";
        }
    }

    /// <summary>mosh's server is taken when it may be, and why is said; except when nothing else was wanted.</summary>
    private void AnswerMosh(string reason)
    {
        if (_request.Install == InstallMode.Always || _request.MoshWords.Count == 0)
        {
            Fail(reason.Length > 0 ? $"{reason}." : $"there is no roam on {_request.Host}, and --install=never was said.");
            return;
        }

        if (reason.Length > 0)
        {
            Tell($"{reason}; trying mosh-server there");
        }

        _usesMosh = true;
        _upload = FarUpload.OfLine(FarScript.MoshAnswer(_request.MoshWords));
    }

    private bool Finish()
    {
        HideUpload();
        IsOpen = !Process.HasReadAhead;
        Process.DrainErrors(ShowError);
        return true;
    }

    /// <summary>mosh's server leaves after its announcement; anybody else has failed.</summary>
    private bool FinishAtEnd()
    {
        HideUpload();
        SshExitCode = Process.WaitForExit(EndPatienceMillis, ShowError);
        Dispose();
        if (Reader.IsConnected)
        {
            return true;
        }

        (Error, ExitCode) = FarFailure.Explain(_request.Host, SshExitCode, Reader.HasBegun, _usesMosh, _installError);
        return false;
    }

    private void Fail(string sentence)
    {
        Error = sentence;
        ExitCode = Roam.Cli.ExitCode.Failure;
    }

    private void HideUpload() => _upload?.Hide();

    private void Tell(string text)
    {
        if (!_request.IsQuiet)
        {
            HideUpload();
            StandardStreams.Error($"{_request.ProgramName}: {text}\n");
        }
    }

    private void ShowError(string line)
    {
        HideUpload();
        StandardStreams.Error(line + "\n");
    }

    private void ShowNoise(string line, string end)
    {
        bool wasShown = _noiseBytes < NoiseShownBytesMax;
        _noiseBytes += line.Length + end.Length;
        if (_noiseBytes > NoiseBytesMax)
        {
            Fail($"{_request.Host} prints without end before the session can start: look at the start files of its shell (a loop, or a program that does not end).");
        }
        else if (!_request.IsQuiet && line.Length == 0 && !_isInPiece)
        {
            // Held back until something follows: the script's own fresh line would scroll the user's screen for nothing.
            _blankLines = 1;
        }
        else if (!_request.IsQuiet && wasShown)
        {
            HideUpload();
            StandardStreams.Out((_blankLines > 0 ? "\n" : "") + line + end);
            _blankLines = 0;
            if (_noiseBytes >= NoiseShownBytesMax)
            {
                StandardStreams.Out($"\n[{_request.ProgramName}: more of this is not shown]\n");
            }
        }
    }
}
