namespace Roam.Host;

/// <summary>setlocale(3) and nl_langinfo(3): is the environment's locale installed, and is its encoding UTF-8?</summary>
public static class Locale
{
    /// <summary>Tries the locale that the environment names now (LC_ALL, LC_CTYPE, LANG). The encoding's own name comes out, for the message.</summary>
    public static bool EnvironmentIsUtf8(out string encoding)
    {
        encoding = "";
        return false;
    }
}
