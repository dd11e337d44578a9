namespace Roam.Transport;

/// <summary>AES-128 on whole blocks under one key in one direction. A struct, so that the mode is compiled for each engine and no call is virtual.</summary>
internal interface IAesBlocks
{
    void Init(bool forEncryption, ReadOnlySpan<byte> key);

    /// <summary>One block of 16 bytes; source and destination may be the same.</summary>
    void Process(ReadOnlySpan<byte> source, Span<byte> destination);

    /// <summary>Four blocks, 64 bytes.</summary>
    void ProcessFour(ReadOnlySpan<byte> source, Span<byte> destination);
}
