namespace Roam.Lab;

/// <summary>Which package of Debian has a program that a workload needs.</summary>
internal static class DebianPackages
{
    private static readonly Dictionary<string, string> OtherNames = new()
    {
        ["emacs"] = "emacs-nox",
        ["gpg"] = "gnupg",
        ["ipython3"] = "ipython3",
        ["node"] = "nodejs",
        ["nvim"] = "neovim",
        ["psql"] = "postgresql-client",
        ["python3"] = "python3-minimal",
        ["ssh"] = "openssh-client",
        ["sshd"] = "openssh-server",
        ["su"] = "util-linux",
        ["passwd"] = "passwd",
        ["man"] = "man-db",
        ["top"] = "procps",
        ["zsh-autosuggestions.zsh"] = "zsh-autosuggestions",
    };

    /// <summary>Programs of these names are in packages of the same name.</summary>
    private static readonly HashSet<string> SameNames =
        ["bash", "bc", "dash", "dialog", "fish", "gdb", "htop", "joe", "less", "mc", "micro", "mutt", "nano", "openssl", "pinentry-curses", "screen", "sqlite3", "sudo", "tmux", "vim", "zsh"];

    /// <summary>Null: not known.</summary>
    public static string? Of(string program)
    {
        string name = Path.GetFileName(program);
        return OtherNames.TryGetValue(name, out string? package) ? package : SameNames.Contains(name) ? name : null;
    }
}
