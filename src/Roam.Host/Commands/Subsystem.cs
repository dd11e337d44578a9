namespace Roam.Host;

/// <summary>Programs behind ssh's subsystem names: sftp's server, where the packages of the usual systems put it (Debian, Fedora, Arch, Alpine, macOS and the BSDs, Homebrew).</summary>
internal static class Subsystem
{
    /// <summary>The far end of `roam cp`: this program itself.</summary>
    public const string Files = "roam-files";

    private static readonly string[] SftpServers =
    [
        "/usr/lib/openssh/sftp-server",
        "/usr/libexec/openssh/sftp-server",
        "/usr/lib/ssh/sftp-server",
        "/usr/libexec/sftp-server",
        "/usr/lib/sftp-server",
        "/usr/lib/misc/sftp-server",
        "/usr/local/libexec/sftp-server",
        "/opt/homebrew/opt/openssh/libexec/sftp-server",
    ];

    /// <summary>Null: there is none of that name.</summary>
    public static string? Find(string name) => name == "sftp" ? SftpServers.FirstOrDefault(file => Libc.access(file, Libc.X_OK) == 0) : null;
}
