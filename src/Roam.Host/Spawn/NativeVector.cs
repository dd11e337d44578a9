using System.Runtime.InteropServices;
using System.Text;

namespace Roam.Host;

/// <summary>A null-terminated array of C strings (argv, environ) in native memory, freed at the end of the scope.</summary>
internal sealed unsafe class NativeVector : IDisposable
{
    private NativeVector(int count)
    {
        Pointers = (byte**)NativeMemory.AllocZeroed((nuint)(count + 1), (nuint)sizeof(byte*));
    }

    public byte** Pointers { get; private set; }

    public static NativeVector Of(IReadOnlyList<string> texts)
    {
        NativeVector vector = new(texts.Count);
        for (int i = 0; i < texts.Count; i++)
        {
            vector.Pointers[i] = Copy(Encoding.UTF8.GetBytes(texts[i]));
        }

        return vector;
    }

    public static NativeVector Of(List<byte[]> texts)
    {
        NativeVector vector = new(texts.Count);
        for (int i = 0; i < texts.Count; i++)
        {
            vector.Pointers[i] = Copy(texts[i]);
        }

        return vector;
    }

    public void Dispose()
    {
        if (Pointers == null)
        {
            return;
        }

        for (byte** p = Pointers; *p != null; p++)
        {
            NativeMemory.Free(*p);
        }

        NativeMemory.Free(Pointers);
        Pointers = null;
    }

    private static byte* Copy(ReadOnlySpan<byte> text)
    {
        byte* copy = (byte*)NativeMemory.Alloc((nuint)text.Length + 1);
        text.CopyTo(new Span<byte>(copy, text.Length));
        copy[text.Length] = 0;
        return copy;
    }
}
