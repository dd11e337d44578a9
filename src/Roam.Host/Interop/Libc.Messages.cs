namespace Roam.Host;

/// <summary>Descriptors that travel with a message (unix(7), SCM_RIGHTS).</summary>
internal static unsafe partial class Libc
{
    public const int SOCK_SEQPACKET = 5;
    public const int SCM_RIGHTS = 1;
    public const int MSG_CMSG_CLOEXEC = 0x40000000;
}
