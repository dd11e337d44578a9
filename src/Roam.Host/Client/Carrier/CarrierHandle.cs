using System.Globalization;

namespace Roam.Host;

/// <summary>ROAM_CARRIER: an ssh that the wrapper left running, whose far end carries frames. Three descriptors of this process, and the child to be reaped.</summary>
public readonly record struct CarrierHandle(int Input, int Output, int Error, int Pid)
{
    /// <summary>IN,OUT,ERR,PID. False: it is not so, or one of the descriptors is not open.</summary>
    public static bool TryParse(string? text, out CarrierHandle handle)
    {
        handle = default;
        string[] parts = (text ?? "").Split(',');
        int[] numbers = new int[4];
        if (parts.Length != numbers.Length)
        {
            return false;
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return false;
            }
        }

        handle = new CarrierHandle(numbers[0], numbers[1], numbers[2], numbers[3]);
        return numbers[3] > 1 && numbers.AsSpan(0, 3).IndexOfAnyInRange(0, 2) < 0 && IsOpen(numbers[0]) && IsOpen(numbers[1]) && IsOpen(numbers[2]);
    }

    private static bool IsOpen(int fd) => Libc.fcntl(fd, Libc.F_GETFD, 0) >= 0;
}
