using System.Buffers;
using System.Globalization;
using System.Text;

namespace Roam.Cli;

/// <summary>
/// What runs on the far side before Roam does: one POSIX-sh script (XCU 2), in one line, that finds a usable `roam` there, or takes one over its standard input and
/// keeps it, and becomes it. The far side's login shell hands it to /bin/sh between single quotes, so it holds no ' \ ! and no newline: then sh, bash, zsh, ksh, fish
/// and csh all read it alike. What it says and is told: docs/getting-in.md.
/// </summary>
internal static class FarScript
{
    /// <summary>Folders that packages and people use and that a command of ssh's often has not in its PATH.</summary>
    private const string UsualFolders =
        "$HOME/.local/bin:$HOME/bin:/usr/local/bin:/opt/homebrew/bin:/opt/local/bin:/snap/bin:$HOME/.nix-profile/bin:/home/linuxbrew/.linuxbrew/bin";

    /// <summary>m: what to do when nothing is found (auto, always, never, find); w: names of our builds in the cache; z: bytes they need. The rest is for roam.</summary>
    private const string Begin =
        "m=$1; w=$2; z=$3; shift 3; no=; r=; i=$(id -u); o=$(uname -sm); c=${o##* }; o=${o%% *}; " +
        "echo; echo \"ROAM FAR 1 $o $c\"; " +
        "[ -n \"$SSH_CONNECTION\" ] && echo \"ROAM SSH_CONNECTION $SSH_CONNECTION\"; " +
        "a=$PATH:" + UsualFolders + "; ";

    /// <summary>u FILE: is it a roam that speaks our language? A foreign program of that name may wait for something: five seconds where there is `timeout`.</summary>
    private const string Usable =
        "t() { \"$@\"; }; command -v timeout >/dev/null 2>&1 && t() { timeout 5 \"$@\"; }; " +
        "u() { [ -f \"$1\" ] && [ -x \"$1\" ] && [ \"$(t \"$1\" far --speaks 2>/dev/null </dev/null)\" = 1 ]; }; ";

    /// <summary>
    /// each COMMAND: runs it with $d set to one cache folder after the other until it succeeds. safe: $d is a folder of this user alone. In /tmp anybody may have made
    /// one of that name.
    /// </summary>
    private const string Places =
        "h=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}; " +
        "each() { for d in \"${h:+$h/roam/bin}\" \"${XDG_RUNTIME_DIR:+$XDG_RUNTIME_DIR/roam-bin}\" \"/tmp/roam-$i\" \"/var/tmp/roam-$i\" \"/dev/shm/roam-$i\"; " +
        "do [ -n \"$d\" ] && \"$1\" && return 0; done; return 1; }; " +
        "safe() { [ -L \"$d\" ] && return 1; [ -d \"$d\" ] && [ -O \"$d\" ] || return 1; " +
        "case $(ls -ld \"$d\" 2>/dev/null) in \"drwx------ \"*|drwx------[.@]*) return 0;; esac; return 1; }; ";

    /// <summary>kept: a build that was put here before; ours first, else the newest, except with m=always.</summary>
    private const string Kept =
        "kept() { safe || return 1; for n in $w; do u \"$d/$n\" && r=$d/$n && return 0; done; [ $m = always ] && return 1; " +
        "for n in $(ls -t \"$d\" 2>/dev/null); do case $n in roam-*) u \"$d/$n\" && r=$d/$n && return 0;; esac; done; return 1; }; ";

    private const string Find =
        "if [ $m = always ]; then each kept; else " +
        "s=$IFS; IFS=:; set -f; for p in $a; do u \"$p/roam\" && r=$p/roam && break; done; set +f; IFS=$s; " +
        "[ -n \"$r\" ] || each kept; fi; ";

    /// <summary>
    /// room: may $d be written, run from (noexec), and does the build fit? Asked before the upload, which can be read only once. Places that failed are in $no.
    /// The file system may lie (compression), so a failed upload is asked for again, for the next place.
    /// </summary>
    private const string Room =
        "room() { case \"$no\" in *\" $d \"*) return 1;; esac; mkdir -p \"$d\" 2>/dev/null; safe || return 1; f=$d/.new.$$; " +
        "{ echo exit 0 >\"$f\" && chmod 700 \"$f\" && \"$f\" && head -c $z /dev/zero >\"$f\"; } 2>/dev/null; k=$?; rm -f \"$f\" 2>/dev/null; return $k; }; ";

    /// <summary>
    /// take BYTES HASH gz|raw NAME: the upload, checked by hash and by running it, renamed into its place. All bytes are read whatever happens. Where there is no program
    /// for the hash, gzip's own check and the size must do.
    /// </summary>
    private const string Take =
        "sum() { { sha256sum || shasum -a 256 || openssl dgst -sha256 -r; } <\"$f\" 2>/dev/null; }; " +
        "take() { f=$d/.new.$$; e=write; if [ $3 = gz ]; then head -c $1 | ( gzip -dc >\"$f\"; k=$?; cat >/dev/null; exit $k ); " +
        "else head -c $1 | ( cat >\"$f\"; k=$?; cat >/dev/null; exit $k ); fi 2>/dev/null && { " +
        "e=hash; g=$(sum); g=${g%% *}; [ \"$g\" = $2 ] || { [ -z \"$g\" ] && { [ $3 = gz ] || [ $(wc -c <\"$f\") -eq $1 ]; }; }; } && { " +
        "e=run; chmod 700 \"$f\" && u \"$f\"; } && mv -f \"$f\" \"$d/$4\" && r=$d/$4 && return 0; " +
        "rm -f \"$f\" 2>/dev/null; no=\"$no $d \"; echo \"ROAM FAILED $e $d\"; return 1; }; ";

    /// <summary>Asks until there is a roam: PUT (see take), MOSH and a text that sets the words of mosh-server, or QUIT.</summary>
    private const string Need =
        "need() { y=$(umask); umask 077; while [ -z \"$r\" ]; do q=raw; command -v gzip >/dev/null 2>&1 && q=gz; [ $m = never ] || each room || q=none; " +
        "echo \"ROAM NEED $o $c $q\"; read -r v x || exit 1; case $v in " +
        "PUT) take $x && echo \"ROAM NOTE installed as $r\";; " +
        "MOSH) umask $y; eval \"$x\"; PATH=$a; command -v mosh-server >/dev/null || exit 127; exec mosh-server \"$@\";; " +
        "*) exit 1;; esac; done; umask $y; }; ";

    /// <summary>tidy: what is used is touched; of the builds kept beside it the two last used stay. Nobody waits for it.</summary>
    private const string Tidy =
        "tidy() { d=${r%/*}; case ${r##*/} in roam-*) touch -c \"$r\"; k=0; for n in $(ls -t \"$d\"); do case $n in roam-*) k=$((k+1)); " +
        "[ $k -gt 2 ] && rm -f \"$d/$n\";; esac; done; find \"$d\" -name \".new.*\" -mmin +60 -exec rm -f {} +;; esac; } 2>/dev/null; ";

    private const string End = "[ -n \"$r\" ] || [ $m = find ] || need \"$@\"; [ -n \"$r\" ] || exit 127; ( tidy & ) </dev/null >/dev/null 2>&1; exec \"$r\" \"$@\"";

    public const string Text = Begin + Usable + Places + Kept + Find + Room + Take + Need + Tidy + End;

    /// <summary>In a word for the far side these are written as %XX, and <see cref="FarCommand"/> reads them back. With any other word the far shells disagree on its meaning.</summary>
    private const string Awkward = "%'\\!\n\r";

    private static readonly SearchValues<char> AwkwardOnes = SearchValues.Create(Awkward);

    /// <summary>First of the words of `roam far` when the others are encoded.</summary>
    public const string EncodedOption = "--percent";

    /// <summary>The remote command for ssh. Words that hold awkward characters are for verbs of `roam far` only.</summary>
    public static string Command(InstallMode install, ServerBuilds builds, params IReadOnlyList<string> verb)
    {
        string[] names = install == InstallMode.Find ? [] : builds.Names();
        List<string> words = [install.ToString().ToLowerInvariant(), string.Join(' ', names), Invariant(builds.BytesMax)];
        bool isEncoded = verb.Count > 0 && verb[0] == "far" && verb.Any(w => w.AsSpan().ContainsAny(AwkwardOnes));
        words.AddRange(isEncoded ? ["far", EncodedOption, .. verb.Skip(1).Select(Encode)] : verb);
        return $"exec /bin/sh -c {ShellWords.Quote(Text)} roam {ShellWords.QuoteAll(words)}";
    }

    public static string Encode(string word)
    {
        StringBuilder text = new(word.Length);
        foreach (char c in word)
        {
            if (Awkward.Contains(c, StringComparison.Ordinal))
            {
                text.Append('%').Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    /// <summary>A percent sign that no two hexadecimal digits follow stands for itself.</summary>
    public static string Decode(string word)
    {
        StringBuilder text = new(word.Length);
        for (int i = 0; i < word.Length; i++)
        {
            if (word[i] == '%' && i + 2 < word.Length && char.IsAsciiHexDigit(word[i + 1]) && char.IsAsciiHexDigit(word[i + 2]))
            {
                text.Append((char)Convert.ToInt32(word.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                text.Append(word[i]);
            }
        }

        return text.ToString();
    }

    /// <summary>The answer that makes the script a mosh-server: a line for eval. A newline within a word is made there, for a line is all that `read` takes.</summary>
    public static string MoshAnswer(IEnumerable<string> words) =>
        "MOSH x=$(printf \"\\n.\"); x=${x%.}; set -- " + ShellWords.QuoteAll(words).Replace("\n", "'\"$x\"'", StringComparison.Ordinal) + "\n";

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);
}
