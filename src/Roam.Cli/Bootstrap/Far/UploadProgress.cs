using System.Globalization;

namespace Roam.Cli;

/// <summary>The line that tells how far an upload is. Pure: bytes and time in, text out.</summary>
internal sealed class UploadProgress(string what, long totalBytes, long startMicros)
{
    /// <summary>Ten times a second is a moving picture; more is flicker and work.</summary>
    public const long RedrawMicros = 100_000;

    /// <summary>The first rate is that of the pipe to ssh, which takes 64 KiB at once.</summary>
    private const long RateAfterMicros = 300_000;

    private const int BarWidth = 24;
    private const int BarWidthMin = 8;

    private readonly long _startMicros = startMicros;
    private long _nextMicros = startMicros;

    /// <summary>Null: it is too early to draw again.</summary>
    public string? Draw(long doneBytes, long nowMicros, int width)
    {
        if (nowMicros < _nextMicros)
        {
            return null;
        }

        _nextMicros = nowMicros + RedrawMicros;
        return Line(doneBytes, nowMicros - _startMicros, width);
    }

    /// <summary>"what [#####     ]  42 %  1.8 of 4.3 MB  1.2 MB/s  2 s left", cut to the width.</summary>
    private string Line(long doneBytes, long micros, int width)
    {
        double part = totalBytes == 0 ? 1 : (double)doneBytes / totalBytes;
        string numbers = string.Create(CultureInfo.InvariantCulture, $" {(int)(100 * part),3} %  {Megabytes(doneBytes)} of {Megabytes(totalBytes)} MB");
        if (micros >= RateAfterMicros && doneBytes > 0)
        {
            double rate = doneBytes / (micros / 1e6);
            long left = (long)Math.Ceiling((totalBytes - doneBytes) / rate);
            numbers += string.Create(CultureInfo.InvariantCulture, $"  {Megabytes(rate)} MB/s  {left} s left");
        }

        int barWidth = Math.Min(BarWidth, width - what.Length - numbers.Length - 4);
        int full = (int)(barWidth * part);
        string bar = barWidth < BarWidthMin ? "" : $" [{new string('#', full)}{new string(' ', barWidth - full)}]";
        string line = what + bar + numbers;
        return line.Length < width ? line : line[..Math.Max(width - 1, 0)];
    }

    public static string Megabytes(double bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
