namespace Roam.Host;

/// <summary>A receiver's word on an announced file.</summary>
/// <param name="Id">The file.</param>
/// <param name="Kind">What is wanted.</param>
/// <param name="CandidateBytes">Length of what the receiver has.</param>
/// <param name="Hashes">Of its blocks, when they are in the answer.</param>
internal sealed record Answer(long Id, AnswerKind Kind, long CandidateBytes, UInt128[] Hashes)
{
    /// <summary>Null: it is none.</summary>
    public static Answer? Read(ReadOnlySpan<byte> payload)
    {
        PayloadReader reader = new(payload);
        long id = reader.Number();
        AnswerKind kind = (AnswerKind)reader.Number((int)AnswerKind.CompareLater);
        if (kind is AnswerKind.Refused or AnswerKind.Everything)
        {
            return reader.IsDone ? new Answer(id, kind, 0, []) : null;
        }

        long bytes = reader.Number();
        int count = kind == AnswerKind.Compare ? reader.Number(CopyLimits.InlineHashes) : 0;
        UInt128[] hashes = new UInt128[count];
        for (int i = 0; i < count; i++)
        {
            hashes[i] = reader.Hash();
        }

        return reader.IsDone ? new Answer(id, kind, bytes, hashes) : null;
    }
}
