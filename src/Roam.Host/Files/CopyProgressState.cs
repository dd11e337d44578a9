namespace Roam.Host;

/// <summary>How far a copy is.</summary>
/// <param name="FilesTotal">As far as known.</param>
/// <param name="BytesTotal">As far as known.</param>
/// <param name="IsTotalKnown">All has been counted.</param>
/// <param name="FilesDone">Through, whatever became of them.</param>
/// <param name="BytesDone">Of files that were copied or found there already.</param>
/// <param name="BytesSent">Went over the connection.</param>
/// <param name="FilesSame">Were there already.</param>
/// <param name="Name">Of the file that is on its way.</param>
public readonly record struct CopyProgressState(long FilesTotal, long BytesTotal, bool IsTotalKnown, long FilesDone, long BytesDone, long BytesSent, long FilesSame, string Name);
