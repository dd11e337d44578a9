namespace Roam.Host;

/// <summary>Announced and answered, waiting for its content; or (without an id) the end of a directory.</summary>
internal sealed record PendingFile(long Id, TargetFolder Folder, byte[] Name, BlockPlan Plan)
{
    public bool IsFolderEnd => Id < 0;

    public CandidateKind Candidate { get; init; }

    public AnswerKind Answer { get; init; }

    public long CandidateBytes { get; init; }

    public UInt128[] Hashes { get; init; } = [];
}
