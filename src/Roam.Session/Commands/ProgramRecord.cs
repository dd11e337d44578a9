using Roam.Transport;

namespace Roam.Session;

/// <summary>One record of a <see cref="StreamKind.ProgramControl"/> stream: two variable-length integers.</summary>
public readonly record struct ProgramRecord(ulong Kind, ulong Value)
{
    public const int BytesMax = 2 * VarInt.BytesMax;

    public static ProgramRecord Of(ProgramEnd end) =>
        end.Signal != 0 ? new ProgramRecord((ulong)ProgramRecordKind.Killed, (ulong)end.Signal) : new ProgramRecord((ulong)ProgramRecordKind.Exited, (ulong)end.Code);

    /// <summary>How the program ended, if this says so.</summary>
    public ProgramEnd End => (ProgramRecordKind)(Kind & int.MaxValue) switch
    {
        ProgramRecordKind.Exited => ProgramEnd.Exited((int)(Value & int.MaxValue)),
        ProgramRecordKind.Killed => ProgramEnd.Killed((int)(Value & int.MaxValue)),
        _ => ProgramEnd.Unknown,
    };

    /// <summary>Writes at the start of the destination, which holds <see cref="BytesMax"/>. Returns the length.</summary>
    public int Write(Span<byte> destination)
    {
        int length = VarInt.Write(destination, Kind);
        return length + VarInt.Write(destination[length..], Value);
    }

    /// <summary>Takes one from the front of the source; false, and nothing taken, when it is not there as a whole.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> source, out ProgramRecord record)
    {
        ReadOnlySpan<byte> rest = source;
        ulong value = 0;
        bool isWhole = VarInt.TryRead(ref rest, out ulong kind) && VarInt.TryRead(ref rest, out value);
        record = isWhole ? new ProgramRecord(kind, value) : default;
        source = isWhole ? rest : source;
        return isWhole;
    }
}
