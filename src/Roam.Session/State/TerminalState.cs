using System.Buffers;
using System.Text;
using Roam.Terminal;
using Roam.Transport;

namespace Roam.Session;

/// <summary>The picture, the echo acknowledgement and, for a Roam client, the welcome and the terminal's own flags: the state that the server sends.</summary>
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

    /// <summary>Echo acknowledgement, resize, welcome, far terminal, screen extras, escape sequences: but for what is ours the order that stock writes.</summary>
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
            ExtrasDiff.Write(before, Screen.Extras, extras);
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
                case DiffItemKind.Bytes:
                    Draw(Screen.Width, Screen.Height, item.Bytes);
                    break;
            }
        }

        return ApplyResult.Applied;
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

    /// <summary>Screens share no prefix.</summary>
    public void Subtract(TerminalState prefix)
    {
    }

    public bool ContentEquals(TerminalState other) =>
        EchoAck == other.EchoAck
        && FarTerminal == other.FarTerminal
        && Announcement.AreSame(Welcome, other.Welcome)
        && Screen.ContentEquals(other.Screen, HasExtras);

    public TerminalState Snapshot()
    {
        TerminalState copy = workspace.Rent(Screen.Snapshot());
        copy.EchoAck = EchoAck;
        copy.Welcome = Welcome;
        copy.FarTerminal = FarTerminal;
        return copy;
    }

    public void Release()
    {
        Screen.Release();
        Screen = null!;
        Welcome = null;
        FarTerminal = FarTerminal.Unknown;
        workspace.Return(this);
    }
}
