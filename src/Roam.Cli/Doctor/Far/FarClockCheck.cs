using System.Globalization;

namespace Roam.Cli;

/// <summary>The two wall clocks. Sessions do not depend on them; certificates and log files do.</summary>
internal sealed class FarClockCheck : FarCheck
{
    /// <summary>Below that the way itself may be the difference.</summary>
    private const long LargeSeconds = 5;

    public override string Name => "far-clock";

    protected override Finding Judge(FarProbe far)
    {
        if (!long.TryParse(far.Facts["time"], NumberStyles.None, CultureInfo.InvariantCulture, out long there))
        {
            return Finding.Skipped("the far side did not tell the time");
        }

        long ahead = there - far.WallSeconds;
        string text = Math.Abs(ahead) <= LargeSeconds
            ? "the same as here"
            : $"{Math.Abs(ahead)} s {(ahead > 0 ? "ahead of" : "behind")} this machine's; sessions do not mind";
        return Finding.Ok(text, ("aheadSeconds", ahead));
    }
}
