using System.Runtime.InteropServices;
using Roam.Lab;
using Roam.Terminal;

namespace Roam.Tests.Terminal;

public sealed class AsciiCellsTests
{
    [Fact]
    public void The_vector_path_writes_what_the_scalar_one_writes_and_nothing_beside_it()
    {
        SeededRandom random = new(7);
        for (int length = 0; length <= 200; length++)
        {
            byte[] text = random.NextBytes(length);
            ulong attributes = Cell.Attributes((ushort)random.Next(65536), (ushort)random.Next(65536), isProtected: false);
            Cell[] cells = new Cell[length + 2];
            ulong[] expected = new ulong[length];
            AsciiCells.Fill(text, cells.AsSpan(1, length), attributes);
            AsciiCells.FillScalar(text, expected, attributes | Cell.Narrow);
            Assert.Equal(expected, MemoryMarshal.Cast<Cell, ulong>(cells.AsSpan(1, length)).ToArray());
            Assert.Equal(default, cells[0]);
            Assert.Equal(default, cells[^1]);
        }
    }
}
