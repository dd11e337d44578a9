using System.Globalization;

namespace Roam.Terminal;

/// <summary>Appends text to a fixed buffer; what does not fit is cut.</summary>
internal ref struct TextCursor(Span<char> destination)
{
    private const int MinuteSeconds = 60;
    private const int HourSeconds = 3600;

    private readonly Span<char> _destination = destination;

    public int Length { get; private set; }

    public void Put(ReadOnlySpan<char> text)
    {
        int fits = Math.Min(text.Length, _destination.Length - Length);
        text[..fits].CopyTo(_destination[Length..]);
        Length += fits;
    }

    /// <summary>Seconds with the unit below a minute, else m:ss, else h:mm:ss.</summary>
    public void PutDuration(long seconds, ReadOnlySpan<char> unit)
    {
        if (seconds < MinuteSeconds)
        {
            PutNumber(seconds, "0");
            Put(unit);
            return;
        }

        if (seconds >= HourSeconds)
        {
            PutNumber(seconds / HourSeconds, "0");
            Put(":");
            PutNumber(seconds % HourSeconds / MinuteSeconds, "00");
        }
        else
        {
            PutNumber(seconds / MinuteSeconds, "0");
        }

        Put(":");
        PutNumber(seconds % MinuteSeconds, "00");
    }

    private void PutNumber(long number, ReadOnlySpan<char> format)
    {
        if (number.TryFormat(_destination[Length..], out int written, format, CultureInfo.InvariantCulture))
        {
            Length += written;
        }
    }
}
