using System.Text;
using Roam.Host;

namespace Roam.Cli;

/// <summary>An answer on its way to the far side's script: written as the pipe takes it, told on a terminal as a moving line, else as one plain line.</summary>
internal sealed class FarUpload
{
    /// <summary>Answers shorter than this are not worth a bar.</summary>
    private const int BarBytesMin = 16 * 1024;

    /// <summary>Erases the line that the bar was on: carriage return and EL (ECMA-48 8.3.41).</summary>
    private const string Erase = "\r\u001b[K";

    private readonly byte[] _bytes;
    private readonly UploadProgress? _progress;
    private readonly bool _isMoving;
    private int _done;
    private bool _isDrawn;

    private FarUpload(byte[] bytes, string what, bool isQuiet)
    {
        _bytes = bytes;
        if (!isQuiet && bytes.Length >= BarBytesMin)
        {
            _progress = new UploadProgress(what, bytes.Length, Micros());
            _isMoving = StandardStreams.ErrorIsTerminal;
            if (!_isMoving)
            {
                StandardStreams.Error($"{what} ({UploadProgress.Megabytes(bytes.Length)} MB)\n");
            }
        }
    }

    public bool IsDone => _done >= _bytes.Length;

    public static FarUpload OfLine(string line) => new(Encoding.UTF8.GetBytes(line), "", isQuiet: true);

    /// <summary>PUT and the bytes.</summary>
    public static FarUpload OfBuild(ServerBuild build, byte[] bytes, bool isPacked, string what, bool isQuiet) =>
        new([.. Encoding.ASCII.GetBytes($"PUT {bytes.Length} {build.Hash} {(isPacked ? "gz" : "raw")} {build.Name}\n"), .. bytes], what, isQuiet);

    /// <summary>False: nobody reads any more.</summary>
    public bool Push(PipedProcess process)
    {
        int written = process.Write(_bytes.AsSpan(_done));
        if (written < 0)
        {
            _done = _bytes.Length;
            return false;
        }

        _done += written;
        Draw();
        return true;
    }

    public void Draw()
    {
        if (_isMoving && _progress?.Draw(_done, Micros(), StandardStreams.TryGetWindowSize(out int width, out _) ? width : 80) is { } line)
        {
            StandardStreams.Error(Erase + line);
            _isDrawn = true;
        }
    }

    /// <summary>Before anything else is written on the terminal, and at the end.</summary>
    public void Hide()
    {
        if (_isDrawn)
        {
            StandardStreams.Error(Erase);
            _isDrawn = false;
        }
    }

    private static long Micros() => Environment.TickCount64 * 1000;
}
