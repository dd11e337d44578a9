using System.Runtime.CompilerServices;
using Roam.Host;

namespace Roam.Tests.Host;

/// <summary>The sizes that glibc's headers give on x86-64 and on arm64 (both LP64): a wrong one would corrupt memory silently.</summary>
public sealed class LibcLayoutTests
{
    [Fact]
    public void Structs_have_the_sizes_of_the_c_library()
    {
        Assert.Equal(8, Unsafe.SizeOf<Libc.PollFd>());
        Assert.Equal(16, Unsafe.SizeOf<Libc.TimeSpec>());
        Assert.Equal(40, Unsafe.SizeOf<Libc.InterfaceRequest>());
        Assert.Equal(32, Unsafe.SizeOf<Libc.ITimerSpec>());
        Assert.Equal(56, Unsafe.SizeOf<Libc.BrokenDownTime>());
        Assert.Equal(60, Unsafe.SizeOf<Libc.Termios>());
        Assert.Equal(8, Unsafe.SizeOf<Libc.WinSize>());
        Assert.Equal(128, Unsafe.SizeOf<Libc.SigSet>());
        Assert.Equal(336, Unsafe.SizeOf<Libc.SpawnAttributes>());
        Assert.Equal(80, Unsafe.SizeOf<Libc.SpawnFileActions>());
        Assert.Equal(16, Unsafe.SizeOf<Libc.RLimit>());
        Assert.Equal(16, Unsafe.SizeOf<Libc.IoVec>());
        Assert.Equal(56, Unsafe.SizeOf<Libc.MsgHdr>());
        Assert.Equal(16, Unsafe.SizeOf<Libc.CmsgHdr>());
        Assert.Equal(48, Unsafe.SizeOf<Libc.AddrInfo>());
        Assert.Equal(12, Unsafe.SizeOf<Libc.SockAddrNl>());
        Assert.Equal(16, Unsafe.SizeOf<Libc.NetlinkHeader>());
        Assert.Equal(16, Unsafe.SizeOf<Libc.LinkMessage>());
        Assert.Equal(8, Unsafe.SizeOf<Libc.AddressMessage>());
        Assert.Equal(12, Unsafe.SizeOf<Libc.RouteMessage>());
        Assert.Equal(112, Unsafe.SizeOf<Zlib.Stream>());
    }

    [Fact]
    public void The_local_flags_of_termios_lie_behind_three_others()
    {
        Libc.Termios termios = default;
        Assert.Equal(12, Unsafe.ByteOffset(ref Unsafe.As<Libc.Termios, byte>(ref termios), ref Unsafe.As<uint, byte>(ref termios.LocalFlags)));
    }

    [Fact]
    public void The_fields_of_utmpx_lie_where_both_machines_have_them()
    {
        Libc.UtmpEntry entry = default;
        ref byte start = ref Unsafe.As<Libc.UtmpEntry, byte>(ref entry);
        Assert.Equal(4, Unsafe.ByteOffset(ref start, ref Unsafe.As<int, byte>(ref entry.Pid)));
        unsafe
        {
            Assert.Equal(44, entry.User - (byte*)&entry);
            Assert.Equal(76, entry.Host - (byte*)&entry);
        }
    }
}
