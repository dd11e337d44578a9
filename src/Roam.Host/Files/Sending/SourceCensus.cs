namespace Roam.Host;

/// <summary>Counts what there is to copy, on a thread of its own, far ahead of the copy: so that the progress bar can say how much is left.</summary>
internal static class SourceCensus
{
    private const int EntriesBetweenWords = 1000;

    public static void Start(FileSystem files, CopyFlags flags, List<byte[]> roots, FrameOutput output) =>
        new Thread(() => Count(files, flags, roots, output)) { IsBackground = true, Name = "census" }.Start();

    private static void Count(FileSystem files, CopyFlags flags, List<byte[]> roots, FrameOutput output)
    {
        using SourceWalk walk = new(files, flags, roots, static _ => { });
        long entries = 0;
        long fileCount = 0;
        long bytes = 0;
        Span<byte> buffer = stackalloc byte[64];
        SourceStep step;
        do
        {
            step = walk.Next();
            if (step == SourceStep.File)
            {
                fileCount++;
                bytes += walk.Status.Size;
            }

            if (++entries % EntriesBetweenWords == 0 || step == SourceStep.End)
            {
                PayloadWriter writer = new(buffer);
                writer.Number(fileCount);
                writer.Number(bytes);
                writer.Number(step == SourceStep.End ? 1 : 0);
                output.Send(FrameType.Census, writer.Written);
                output.Flush();
            }
        }
        while (step != SourceStep.End && !output.IsBroken);
    }
}
