namespace Roam.Transport;

/// <summary>Authenticated encryption under the session's key: AES-128-OCB with a 12-byte nonce and a 16-byte tag, no associated data.</summary>
internal abstract class Aead
{
    internal const int NonceBytes = 12;
    internal const int TagBytes = 16;

    /// <summary>The mode's offset table ends here. A datagram is far below.</summary>
    internal const int MessageBytesMax = 64 * 1024;

    internal static Aead Create(in SessionKey key)
    {
        Span<byte> bytes = stackalloc byte[SessionKey.Bytes];
        key.CopyTo(bytes);
        Aead aead = HardwareAes.IsSupported ? new OcbMode<HardwareAes>(bytes) : new OcbMode<TableAes>(bytes);
        bytes.Clear();
        return aead;
    }

    /// <summary>Writes ciphertext and tag; destination is TagBytes longer than the plaintext and may start at the same place.</summary>
    internal abstract void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> destination);

    /// <summary>Writes the plaintext, TagBytes shorter than the source; false, and a cleared destination, when the tag is wrong.</summary>
    internal abstract bool Open(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> source, Span<byte> plaintext);
}
