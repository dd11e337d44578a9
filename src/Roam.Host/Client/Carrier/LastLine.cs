using System.Text;

namespace Roam.Host;

/// <summary>Drains what a program says on standard error and keeps the last line that says something: mostly the reason why it ended.</summary>
internal sealed unsafe class LastLine
{
    /// <summary>More of a line is not kept.</summary>
    private const int BytesMax = 160;
    private const int ReadBytesMax = 4096;

    private readonly byte[] _line = new byte[BytesMax];
    private int _length;

    /// <summary>Printable, without the end of the line; empty when nothing was said.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Reads what is there. False: it was the end.</summary>
    public bool Drain(int fd)
    {
        byte* buffer = stackalloc byte[ReadBytesMax];
        nint n = Libc.read(fd, buffer, ReadBytesMax);
        for (int i = 0; i < n; i++)
        {
            Take(buffer[i]);
        }

        if (n == 0)
        {
            Take((byte)'\n');
        }

        return n > 0 || (n < 0 && Libc.Errno is Libc.EAGAIN or Libc.EINTR);
    }

    private void Take(byte b)
    {
        if (b is (byte)'\n' or (byte)'\r')
        {
            string text = Encoding.UTF8.GetString(_line, 0, _length).Trim();
            Text = text.Length == 0 ? Text : text;
            _length = 0;
        }
        else if (_length < BytesMax)
        {
            _line[_length++] = b < (byte)' ' || b == 0x7F ? (byte)' ' : b;
        }
    }
}
