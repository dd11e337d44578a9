namespace Roam.Host;

/// <summary>`roam far files`: the far end of a copy, on standard input and output. It is told what it is to be, and is it.</summary>
public static class FilesEnd
{
    /// <summary>A line of its own at the start of both directions. Another number is another language.</summary>
    internal static ReadOnlySpan<byte> Greeting => "roam-files 1"u8;

    private const int Sends = 1;
    private const int Receives = 2;
    private const int FlagsMax = 63;

    /// <summary>0: all was done that could be; what could not was told to the other end.</summary>
    public static int Run()
    {
        _ = Libc.signal(Libc.SIGPIPE, Libc.SIG_IGN);
        FrameOutput output = new(1);
        // A line that a login script left unfinished ends here.
        output.SendLine([(byte)'\n', .. Greeting, (byte)'\n']);
        FrameInput input = new(0);
        bool isGood = input.SkipTo(Greeting) && Serve(input, output);
        output.Finish();
        return isGood ? 0 : 1;
    }

    internal static void OrderSender(FrameOutput output, CopyOrder order, byte[] key)
    {
        foreach (byte[] source in order.Sources)
        {
            output.Send(FrameType.Source, source);
        }

        Start(output, Sends, order.Flags | CopyFlags.Expand, key);
    }

    internal static void OrderReceiver(FrameOutput output, CopyOrder order, byte[] key)
    {
        bool expands = order.SourceCommand is not null;
        Span<byte> buffer = stackalloc byte[PayloadWriter.BytesMax];
        foreach (byte[] source in order.Sources)
        {
            ExpectedName expected = ExpectedName.Of(source, expands);
            PayloadWriter writer = new(buffer);
            writer.Number((expected.IsAny ? 1 : 0) | (expected.IsPattern ? 2 : 0));
            writer.Bytes(expected.Pattern.AsSpan(0, Math.Min(expected.Pattern.Length, Libc.PathBytesMax)));
            output.Send(FrameType.Expect, writer.Written);
        }

        output.Send(FrameType.Destination, order.Destination);
        Start(output, Receives, order.Flags | CopyFlags.Expand, key);
    }

    private static void Start(FrameOutput output, int role, CopyFlags flags, byte[] key)
    {
        PayloadWriter writer = new(stackalloc byte[64]);
        writer.Number(role);
        writer.Number((int)flags);
        writer.Raw(key);
        output.Send(FrameType.Start, writer.Written);
        output.Flush();
    }

    private static bool Serve(FrameInput input, FrameOutput output)
    {
        List<byte[]> sources = [];
        List<ExpectedName> expected = [];
        byte[] destination = [];
        while (input.Next(out FrameType type, out ReadOnlySpan<byte> payload) && sources.Count + expected.Count < CopyLimits.SourcesMax)
        {
            PayloadReader reader = new(payload);
            switch (type)
            {
                case FrameType.Source when payload.Length < Libc.PathBytesMax:
                    sources.Add(payload.ToArray());
                    break;
                case FrameType.Destination when payload.Length < Libc.PathBytesMax:
                    destination = payload.ToArray();
                    break;
                case FrameType.Expect:
                    int bits = reader.Number(3);
                    expected.Add(new ExpectedName(reader.Bytes(Libc.PathBytesMax).ToArray(), (bits & 1) != 0, (bits & 2) != 0));
                    break;
                case FrameType.Start:
                    int role = reader.Number(Receives);
                    CopyFlags flags = (CopyFlags)reader.Number(FlagsMax);
                    byte[] key = reader.Raw(SipHash128.KeyBytes).ToArray();
                    return reader.IsDone && Serve(input, output, role, flags, key, sources, expected, destination);
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool Serve(
        FrameInput input, FrameOutput output, int role, CopyFlags flags, byte[] key, List<byte[]> sources, List<ExpectedName> expected, byte[] destination)
    {
        FileSystem files = new();
        if (role == Sends)
        {
            return new CopySender(files, input, output, flags, key, note => note.Send(output, mayGrow: false)).Run(sources);
        }

        using CopyReceiver receiver = new(files, input, output, flags, key, note => note.Send(output, mayGrow: true));
        receiver.Expected.AddRange(expected);
        return role == Receives && receiver.Run(destination);
    }
}
