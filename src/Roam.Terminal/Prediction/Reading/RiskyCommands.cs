namespace Roam.Terminal;

/// <summary>Commands that may turn the echo off in the middle of what is typed ahead: after one of them nothing is shown until a shell's prompt stands left of the cursor.</summary>
internal static class RiskyCommands
{
    private static readonly string[] Names =
    [
        "sudo", "su", "doas", "run0", "pkexec", "scp", "sftp", "rsync", "mosh", "roam", "passwd", "pass", "login", "kinit", "cryptsetup", "openssl", "mysql", "mariadb", "psql", "redis-cli", "ftp",
        "lftp", "telnet", "stty", "getpass", "chsh", "chfn", "smbclient", "htpasswd", "age", "vault", "veracrypt", "keepassxc-cli", "git-crypt", "certtool", "keytool", "adduser", "ansible-vault",
        "mosquitto_passwd", "sshpass", "newgrp", "gpasswd",
    ];

    /// <summary>What a word may begin with: ssh-add, gpg2 ...</summary>
    private static readonly string[] Beginnings = ["ssh", "gpg"];

    public static bool AreIn(ReadOnlySpan<char> text)
    {
        foreach (string name in Names)
        {
            if (RowText.HasWord(text, name))
            {
                return true;
            }
        }

        foreach (string beginning in Beginnings)
        {
            int at = text.IndexOf(beginning, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (at == 0 || !char.IsLetterOrDigit(text[at - 1])))
            {
                return true;
            }
        }

        // read -s, read -rs, -s alone (sh -s, curl -s cost nothing but a round trip), noecho
        return text.Contains("noecho", StringComparison.OrdinalIgnoreCase) || text.Contains("-echo", StringComparison.OrdinalIgnoreCase) || ReadsSilently(text);
    }

    private static bool ReadsSilently(ReadOnlySpan<char> text)
    {
        int read = text.IndexOf("read", StringComparison.Ordinal);
        ReadOnlySpan<char> rest = read < 0 ? default : text[read..];
        for (int at = rest.IndexOf(" -", StringComparison.Ordinal); at >= 0; at = rest.IndexOf(" -", StringComparison.Ordinal))
        {
            rest = rest[(at + 2)..];
            int end = rest.IndexOf(' ');
            if ((end < 0 ? rest : rest[..end]).Contains('s'))
            {
                return true;
            }
        }

        return false;
    }
}
