using System.Globalization;
using Roam.Host;

namespace Roam.Cli;

/// <summary>The line that tells how far a copy is, in the form of the upload's (<see cref="UploadProgress"/>). Pure: counts and time in, text out.</summary>
internal sealed class CopyProgress(long startMicros)
{
    /// <summary>The rate is that of the last seconds: weights fall to a third in so long.</summary>
    private const double MemorySeconds = 4;

    private const long RateAfterMicros = 500_000;
    private const int BarWidth = 20;
    private const int BarWidthMin = 8;
    private const int NameWidthMin = 12;
    private const int NameWidthMax = 40;

    private readonly long _startMicros = startMicros;
    private long _lastMicros = startMicros;
    private long _lastBytes;
    private double _rate;

    /// <summary>"name [####    ]  42 %  1.2 of 3.0 GB  3/17 files  12.3 MB/s  0:42 left", cut to the width.</summary>
    public string Line(in CopyProgressState state, long nowMicros, int width)
    {
        Learn(state.BytesDone, nowMicros);
        double part = state.BytesTotal == 0 ? 0 : Math.Min(1, (double)state.BytesDone / state.BytesTotal);
        string numbers = state.IsTotalKnown ? string.Create(CultureInfo.InvariantCulture, $" {(int)(100 * part),3} %") : "";
        numbers += $"  {Bytes(state.BytesDone)} of {(state.IsTotalKnown ? "" : "at least ")}{Bytes(state.BytesTotal)}";
        if (state.FilesTotal > 1)
        {
            numbers += string.Create(CultureInfo.InvariantCulture, $"  {state.FilesDone}/{state.FilesTotal} files");
        }

        if (nowMicros - _startMicros >= RateAfterMicros && _rate > 0)
        {
            numbers += $"  {Bytes(_rate)}/s" + (state.IsTotalKnown ? $"  {Duration((long)Math.Ceiling((state.BytesTotal - state.BytesDone) / _rate))} left" : "");
        }

        int nameWidth = Math.Min(NameWidthMax, Math.Max(NameWidthMin, width - numbers.Length - BarWidth - 4));
        string name = state.Name.Length <= nameWidth ? state.Name : string.Concat(state.Name.AsSpan(0, nameWidth - 3), "...");
        int barWidth = state.IsTotalKnown ? Math.Min(BarWidth, width - name.Length - numbers.Length - 4) : 0;
        int full = (int)(Math.Max(barWidth, 0) * part);
        string bar = barWidth < BarWidthMin ? "" : $" [{new string('#', full)}{new string(' ', barWidth - full)}]";
        string line = name + bar + numbers;
        return line.Length < width ? line : line[..Math.Max(width - 1, 0)];
    }

    /// <summary>"17 files, 3.0 GB in 12.3 s (244 MB/s); 5 were there already".</summary>
    public static string Summary(in CopyProgressState state, long micros)
    {
        double seconds = micros / 1e6;
        string text = string.Create(CultureInfo.InvariantCulture, $"{state.FilesDone} {(state.FilesDone == 1 ? "file" : "files")}, {Bytes(state.BytesDone)} in {seconds:0.0} s");
        if (state.BytesSent > 0 && seconds > 0)
        {
            text += state.BytesSent == state.BytesDone ? $" ({Bytes(state.BytesSent / seconds)}/s)" : $" ({Bytes(state.BytesSent)} sent, {Bytes(state.BytesSent / seconds)}/s)";
        }

        return state.FilesSame > 0 ? text + string.Create(CultureInfo.InvariantCulture, $"; {state.FilesSame} {(state.FilesSame == 1 ? "was" : "were")} there already") : text;
    }

    public static string Bytes(double bytes)
    {
        (double unit, string name) = bytes switch { >= 999.5e9 => (1e12, "TB"), >= 999.5e6 => (1e9, "GB"), >= 999.5e3 => (1e6, "MB"), >= 1000 => (1e3, "KB"), _ => (1, "B") };
        double value = bytes / unit;
        return value.ToString(unit > 1 && value < 99.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + " " + name;
    }

    private static string Duration(long seconds) => seconds < 3600
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");

    private void Learn(long bytes, long nowMicros)
    {
        double seconds = (nowMicros - _lastMicros) / 1e6;
        if (seconds <= 0)
        {
            return;
        }

        double rate = Math.Max(bytes - _lastBytes, 0) / seconds;
        double weight = _lastMicros == _startMicros ? 1 : 1 - Math.Exp(-seconds / MemorySeconds);
        _rate += (rate - _rate) * weight;
        _lastMicros = nowMicros;
        _lastBytes = bytes;
    }
}
