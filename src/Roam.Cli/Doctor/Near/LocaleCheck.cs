using Roam.Host;

namespace Roam.Cli;

/// <summary>Is what is typed and shown here UTF-8?</summary>
internal sealed class LocaleCheck : Check
{
    public override string Name => "locale";

    public override IEnumerable<Finding> Run(Examination examination)
    {
        string name = ((string?[])[ProcessEnvironment.Get("LC_ALL"), ProcessEnvironment.Get("LC_CTYPE"), ProcessEnvironment.Get("LANG")]).FirstOrDefault(v => !string.IsNullOrEmpty(v)) ?? "";
        bool isUtf8 = Locale.EnvironmentIsUtf8(out string encoding);
        (string, object)[] facts = [("locale", name), ("encoding", encoding)];
        return isUtf8
            ? [Finding.Ok($"{name}, {encoding}", facts)]
            : [Finding.Warning($"{(name.Length > 0 ? name : "no locale is set")}: encoding {encoding}, not UTF-8", "export LANG=C.UTF-8 (or another UTF-8 locale of `locale -a`).", facts)];
    }
}
