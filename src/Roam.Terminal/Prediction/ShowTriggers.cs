namespace Roam.Terminal;

/// <summary>When the adaptive mode shows guesses and when shown ones are underlined: on slow links, and for a while after a glitch (prediction.md, "Showing").</summary>
internal sealed class ShowTriggers
{
    private const long SlowAboveMillis = 30;
    private const long FastBelowMillis = 20;
    private const long UnderlineAboveMillis = 80;
    private const long PlainBelowMillis = 50;
    private const long GlitchMicros = 250_000;
    private const long LongGlitchMicros = 5_000_000;

    /// <summary>Quick confirmations that end a glitch, and those that end a long one; the underline goes when only the first number is left.</summary>
    private const int GlitchRepairs = 10;
    private const int LongGlitchRepairs = 20;

    private const long RepairIntervalMicros = 150_000;

    /// <summary>A link is taken for slow until it is known to be fast (ssp.md section 1: one second before any sample): between the two bounds it stays so, as with stock.</summary>
    private bool _slow = true;
    private bool _underlines;
    private int _repairs;
    private long _lastRepairMicros = long.MinValue / 2;

    public bool Shows => _slow || _repairs > 0;

    public bool Underlines => _underlines || _repairs > GlitchRepairs;

    /// <summary>Whether the passing of time alone may still change something.</summary>
    public bool MayFire => _repairs < LongGlitchRepairs;

    public void SeeLink(long sendIntervalMillis, bool isOutstanding)
    {
        if (sendIntervalMillis > SlowAboveMillis)
        {
            _slow = true;
        }
        else if (sendIntervalMillis <= FastBelowMillis && !isOutstanding)
        {
            _slow = false;
        }

        if (sendIntervalMillis > UnderlineAboveMillis)
        {
            _underlines = true;
        }
        else if (sendIntervalMillis <= PlainBelowMillis)
        {
            _underlines = false;
        }
    }

    public void SeePending(long ageMicros)
    {
        if (ageMicros >= LongGlitchMicros)
        {
            _repairs = LongGlitchRepairs;
        }
        else if (ageMicros >= GlitchMicros)
        {
            _repairs = Math.Max(_repairs, GlitchRepairs);
        }
    }

    public void SeeConfirmed(long nowMicros, long ageMicros)
    {
        if (_repairs > 0 && ageMicros < GlitchMicros && nowMicros - _lastRepairMicros >= RepairIntervalMicros)
        {
            _repairs--;
            _lastRepairMicros = nowMicros;
        }
    }
}
