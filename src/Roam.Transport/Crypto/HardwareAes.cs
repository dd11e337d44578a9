using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace Roam.Transport;

/// <summary>The library's engine over the processor's AES instructions.</summary>
internal struct HardwareAes : IAesBlocks
{
    private AesEngine_X86 _engine;

    public static bool IsSupported => AesEngine_X86.IsSupported;

    public void Init(bool forEncryption, ReadOnlySpan<byte> key)
    {
        _engine = new AesEngine_X86();
        _engine.Init(forEncryption, new KeyParameter(key));
    }

    public void Process(ReadOnlySpan<byte> source, Span<byte> destination) => _engine.ProcessBlock(source, destination);

    public void ProcessFour(ReadOnlySpan<byte> source, Span<byte> destination) => _engine.ProcessFourBlocks(source, destination);
}
