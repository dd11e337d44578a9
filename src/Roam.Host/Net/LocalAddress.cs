using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>An address of this machine that a datagram was sent to, as IPv6 spells it (IPv4 mapped); the default value: not known.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct LocalAddress(ulong High, ulong Low)
{
    public const int Bytes = 16;

    public bool IsNone => High == 0 && Low == 0;

    /// <summary>16 bytes in network order.</summary>
    public static LocalAddress Read(ReadOnlySpan<byte> address) => MemoryMarshal.Read<LocalAddress>(address);

    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, this);
}
