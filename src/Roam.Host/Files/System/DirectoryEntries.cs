using System.Runtime.InteropServices;

namespace Roam.Host;

/// <summary>The names in a directory, one after the other, without "." and "..".</summary>
internal sealed unsafe class DirectoryEntries(nint stream) : IDisposable
{
    private nint _stream = stream;

    /// <summary>Null: no more (or the disk failed).</summary>
    public byte[]? Next()
    {
        while (_stream != 0)
        {
            Libc.DirectoryEntry* entry = Libc.readdir(_stream);
            if (entry == null)
            {
                return null;
            }

            ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(&entry->NameStart);
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                return name.ToArray();
            }
        }

        return null;
    }

    public void Dispose()
    {
        if (_stream != 0)
        {
            _ = Libc.closedir(_stream);
            _stream = 0;
        }
    }
}
