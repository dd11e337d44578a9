using System.Globalization;

namespace Roam.Cli;

/// <summary>Programs there must be told that the terminal speaks UTF-8.</summary>
internal sealed class FarLocaleCheck : FarCheck
{
    public override string Name => "far-locale";

    protected override Finding Judge(FarProbe far)
    {
        string encoding = far.Facts["charmap"];
        string locale = far.Facts["locale"];
        _ = int.TryParse(far.Facts["utf8locales"], NumberStyles.None, CultureInfo.InvariantCulture, out int installed);
        (string, object)[] facts = [("locale", locale), ("encoding", encoding), ("utf8Locales", installed)];
        if (encoding.Equals("UTF-8", StringComparison.OrdinalIgnoreCase))
        {
            return Finding.Ok($"{locale}, {encoding}", facts);
        }

        return installed > 0
            ? Finding.Ok($"{(locale.Length > 0 ? locale : "none set")} ({encoding}); this machine's is sent along, else C.UTF-8 is used", facts)
            : Finding.Warning("no UTF-8 locale is installed there", "Roam uses C.UTF-8; some programs will show question marks. Install one: locale-gen en_US.UTF-8.", facts);
    }
}
