using Roam.Transport;

namespace Roam.Host;

/// <summary>getrandom(2). RandomNumberGenerator would load libssl for the same bytes.</summary>
public sealed unsafe class SystemRandom : IRandom
{
    public void Fill(Span<byte> destination)
    {
        fixed (byte* start = destination)
        {
            int done = 0;
            while (done < destination.Length)
            {
                nint n = Libc.getrandom(start + done, (nuint)(destination.Length - done), 0);
                if (n < 0 && Libc.Errno != Libc.EINTR)
                {
                    // Without random bytes there is no key: nothing sensible can follow.
                    throw new InvalidOperationException("getrandom: " + Libc.ErrorText(Libc.Errno));
                }

                done += (int)Math.Max(n, 0);
            }
        }
    }
}
