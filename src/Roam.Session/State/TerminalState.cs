using System.Buffers;
using System.Text;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>The picture, the echo acknowledgement and, for a Roam client, the welcome, the terminal's own flags and the picture's place in the history: the state that the server sends.</summary>
internal sealed class TerminalState(TerminalWorkspace workspace) : ISyncState<TerminalState>
{
    public required Screen Screen { get; set; }

    /// <summary>Newest client state whose echo this screen must show (ssp.md section 7).</summary>
    public ulong EchoAck { get; set; }

    /// <summary>Null until the client has announced itself, and for stock's clients always.</summary>
    public Announcement? Welcome { get; set; }

    /// <summary>The terminal behind the picture; unknown to a client that has not asked for it.</summary>
    public FarTerminal FarTerminal { get; set; }

    /// <summary>The client has screen extras: hyperlinks and what the program says beside the picture are part of the state. So it is with all states that have the welcome.</summary>
    public bool HasExtras => Welcome is { } welcome && welcome.Features.Has(Feature.ScreenExtras);

    /// <summary>How the program ended, as the end of its session says; for a client that has asked for it.</summary>
    public ProgramEnd End { get; set; }

    private bool TellsEnd => Welcome is { } welcome && welcome.Features.Has(Feature.ExitStatus);

    /// <summary>
    /// The picture's place in the history counts: <see cref="Screen.LinesAbove"/>, <see cref="Screen.IsAlternate"/> and the rows' wrap flags. Else they are nobody's business
    /// (at the server, with a client that has no use for them) or not known (at the client).
    /// </summary>
    public bool TellsLines { get; set; }

    /// <summary>Echo acknowledgement, resize, welcome, far terminal, screen extras, lines, exit status, escape sequences: but for what is ours the order that stock writes.</summary>
    public void WriteDiff(TerminalState from, IBufferWriter<byte> destination)
    {
        DiffWriter writer = new(destination);
        if (EchoAck != from.EchoAck)
        {
            writer.WriteEchoAck(EchoAck);
        }

        if (Screen.Width != from.Screen.Width || Screen.Height != from.Screen.Height)
        {
            writer.WriteResize(Screen.Width, Screen.Height);
        }

        if (Welcome is { } welcome && !Announcement.AreSame(welcome, from.Welcome))
        {
            writer.WriteAnnouncement(welcome.Message);
        }

        if (FarTerminal != from.FarTerminal)
        {
            writer.WriteFarTerminal(FarTerminal.Bits);
        }

        if (HasExtras)
        {
            WriteExtras(from, writer);
        }

        if (TellsLines && !SameLines(from))
        {
            Span<byte> wraps = stackalloc byte[WrapFlags.BytesMax];
            int length = WrapFlags.Read(Screen, wraps);
            writer.WriteFrameLines(new FrameLinesMessage { LinesAbove = Screen.LinesAbove, IsAlternate = Screen.IsAlternate, Wraps = wraps[..length], Shown = workspace.ShownLines?.Count(from, Screen) ?? 0 });
        }

        if (TellsEnd && End != (from.TellsEnd ? from.End : ProgramEnd.Unknown))
        {
            writer.WriteExitStatus(End.Message);
        }

        GrowingBuffer bytes = workspace.HostBytes;
        bytes.Clear();
        if (HasExtras && !from.HasExtras)
        {
            WriteFirstLinks(from, bytes);
        }
        else if (!Screen.ContentEquals(from.Screen, HasExtras))
        {
            workspace.Diff.Write(from.Screen, Screen, bytes, HasExtras);
        }

        if (bytes.Length != 0)
        {
            writer.WriteBytes(bytes.Written);
        }

        if (workspace.Verify)
        {
            CheckDiff(from, bytes.Written);
        }
    }

    private void WriteExtras(TerminalState from, in DiffWriter writer)
    {
        ScreenExtras before = from.HasExtras ? from.Screen.Extras : ScreenExtras.None;
        if (!Screen.Extras.Equals(before))
        {
            GrowingBuffer extras = workspace.HostBytes;
            extras.Clear();
            ExtrasDiff.Write(before, Screen.Extras, extras, omitsLong: Welcome!.Features.Has(Feature.Streams));
            writer.WriteScreenExtras(extras.Written);
        }
    }

    /// <summary>The client knows the base without the links that it may have had here.</summary>
    private void WriteFirstLinks(TerminalState from, GrowingBuffer bytes)
    {
        Screen before = from.Screen.Snapshot();
        before.DropLinks();
        workspace.Diff.Write(before, Screen, bytes, extras: true);
        before.Release();
    }

    /// <summary>The check of -v: the peer's way of reading must give this very screen.</summary>
    private void CheckDiff(TerminalState from, ReadOnlySpan<byte> bytes)
    {
        TerminalState copy = from.Snapshot();
        if (HasExtras && !from.HasExtras)
        {
            copy.Screen.DropLinks();
        }

        (copy.Screen.MarginTop, copy.Screen.MarginBottom) = (0, copy.Screen.Height - 1);
        copy.Draw(Screen.Width, Screen.Height, bytes);
        if (!ScreenDiff.SamePicture(copy.Screen, Screen, HasExtras) || copy.Screen.Pen != Screen.Pen)
        {
            workspace.VerifyFailures++;
            workspace.VerifyFailure = Encoding.Latin1.GetString(bytes);
        }

        copy.Release();
    }

    public ApplyResult Apply(ReadOnlySpan<byte> diff)
    {
        ApplyResult result = Check(diff);
        if (result != ApplyResult.Applied)
        {
            return result;
        }

        // Reading escape sequences may move the picture through the history as a program's would; where it stands is what the diff says, else what the base said.
        ulong linesAbove = Screen.LinesAbove;
        bool isAlternate = Screen.IsAlternate;
        Span<byte> wraps = stackalloc byte[WrapFlags.BytesMax];
        int wrapBytes = TellsLines ? WrapFlags.Read(Screen, wraps) : 0;
        DiffReader reader = new(diff);
        while (reader.Next())
        {
            DiffItem item = reader.Current;
            switch (item.Kind)
            {
                case DiffItemKind.EchoAck:
                    EchoAck = item.EchoAck;
                    break;
                case DiffItemKind.Resize:
                    Draw(item.Width, item.Height, []);
                    break;
                case DiffItemKind.Announcement:
                    Welcome = workspace.WelcomeOf(item.Announcement);
                    break;
                case DiffItemKind.FarTerminal:
                    FarTerminal = FarTerminal.FromBits(item.FarTerminal);
                    break;
                case DiffItemKind.ScreenExtras:
                    Screen.Extras = ExtrasDiff.Apply(Screen.Extras, item.Bytes);
                    break;
                case DiffItemKind.FrameLines:
                    TakeShownLines(item.FrameLines.Shown);
                    TellsLines = true;
                    (linesAbove, isAlternate) = (item.FrameLines.LinesAbove, item.FrameLines.IsAlternate);
                    wrapBytes = Math.Min(item.FrameLines.Wraps.Length, wraps.Length);
                    item.FrameLines.Wraps[..wrapBytes].CopyTo(wraps);
                    break;
                case DiffItemKind.ExitStatus:
                    End = ProgramEnd.From(item.ExitStatus);
                    break;
                case DiffItemKind.Bytes:
                    Draw(Screen.Width, Screen.Height, item.Bytes);
                    break;
            }
        }

        if (TellsLines)
        {
            (Screen.LinesAbove, Screen.IsAlternate) = (linesAbove, isAlternate);
            WrapFlags.Write(Screen, wraps[..wrapBytes]);
        }

        return ApplyResult.Applied;
    }

    /// <summary>This is still the base: its first rows are lines now.</summary>
    private void TakeShownLines(uint count)
    {
        if (workspace.Lines is not { } lines || !TellsLines)
        {
            return;
        }

        count = Math.Min(count, (uint)Screen.Height);
        for (int y = 0; y < count; y++)
        {
            Row next = Screen.RowAt(Math.Min(y + 1, Screen.Height - 1));
            if (Screen.LinesAbove + (ulong)y >= lines.Wanted && !lines.TryTakeRow(Screen.LinesAbove + (ulong)y, Screen.RowAt(y), next, Screen.Tables))
            {
                return;
            }
        }
    }

    private void Draw(int width, int height, ReadOnlySpan<byte> bytes)
    {
        Emulator reader = workspace.ReaderFor(Screen);
        if (width != Screen.Width || height != Screen.Height)
        {
            reader.Resize(width, height);
        }

        reader.Write(bytes);
        reader.ClearReplies();
        Screen = reader.Screen;
    }

    /// <summary>Reads the whole diff before anything is changed or allocated: well formed, the echo acknowledgement not going backwards, sizes that a screen may have, no more than one.</summary>
    private ApplyResult Check(ReadOnlySpan<byte> diff)
    {
        bool isHonest = true;
        bool hasResize = false;
        bool hasExtras = false;
        ulong echoAck = EchoAck;
        DiffReader reader = new(diff);
        while (reader.Next())
        {
            DiffItem item = reader.Current;
            if (item.Kind == DiffItemKind.EchoAck)
            {
                isHonest &= item.EchoAck >= echoAck;
                echoAck = item.EchoAck;
            }
            else if (item.Kind == DiffItemKind.Resize)
            {
                // A second resize in one diff would be a cheap way to make us allocate over and over; no sender has a use for it.
                isHonest &= !hasResize && IsScreenSize(item.Width, item.Height);
                hasResize = true;
            }
            else if (item.Kind == DiffItemKind.ScreenExtras)
            {
                isHonest &= !hasExtras && ExtrasDiff.IsHonest(item.Bytes);
                hasExtras = true;
            }
        }

        return reader.Failed ? ApplyResult.Malformed : isHonest ? ApplyResult.Applied : ApplyResult.Refused;
    }

    private static bool IsScreenSize(int width, int height) =>
        width is > 0 and <= Screen.SideMax && height is > 0 and <= Screen.SideMax && width * height <= Screen.AreaMax;

    private bool SameLines(TerminalState other) =>
        TellsLines == other.TellsLines
        && Screen.LinesAbove == other.Screen.LinesAbove
        && Screen.IsAlternate == other.Screen.IsAlternate
        && Screen.Width == other.Screen.Width
        && Screen.Height == other.Screen.Height
        && WrapFlags.AreSame(Screen, other.Screen);

    /// <summary>Screens share no prefix.</summary>
    public void Subtract(TerminalState prefix)
    {
    }

    public bool ContentEquals(TerminalState other) =>
        EchoAck == other.EchoAck
        && FarTerminal == other.FarTerminal
        && (End == other.End || !TellsEnd)
        && Announcement.AreSame(Welcome, other.Welcome)
        && (!TellsLines || SameLines(other))
        && Screen.ContentEquals(other.Screen, HasExtras);

    public TerminalState Snapshot()
    {
        TerminalState copy = workspace.Rent(Screen.Snapshot());
        copy.EchoAck = EchoAck;
        copy.Welcome = Welcome;
        copy.FarTerminal = FarTerminal;
        copy.End = End;
        copy.TellsLines = TellsLines;
        return copy;
    }

    public void Release()
    {
        Screen.Release();
        Screen = null!;
        Welcome = null;
        FarTerminal = FarTerminal.Unknown;
        End = ProgramEnd.Unknown;
        TellsLines = false;
        workspace.Return(this);
    }
}
