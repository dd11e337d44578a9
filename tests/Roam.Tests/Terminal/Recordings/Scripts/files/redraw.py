"""A dashboard that draws its whole screen anew, 24-bit colours and all, nine times: on the alternate screen, each frame a synchronized update."""
import math
import sys
import time

WIDTH, HEIGHT, FRAMES = 80, 24, 9


def frame(n):
    out = ["\x1b[?2026h\x1b[H"]
    out.append(f"\x1b[1;37;44m frame {n:3d} " + " " * (WIDTH - 11) + "\x1b[m\r\n")
    for y in range(HEIGHT - 2):
        for x in range(0, WIDTH, 4):
            level = (math.sin((x + n) / 9) + math.sin((y - n) / 5) + 2) / 4
            red, green = int(255 * level), int(255 * (1 - level))
            out.append(f"\x1b[38;2;{red};{green};128m" + "▁▂▃▄▅▆▇█"[int(level * 7.99)] * 4)
        out.append("\x1b[m\r\n")
    out.append(f"\x1b[7m {n * 12:3d} % \x1b[m\x1b[32m" + "━" * (n * 8) + "\x1b[m\x1b[K\x1b[?2026l")
    return "".join(out)


sys.stdout.write("\x1b[?1049h\x1b[?25l")
for n in range(FRAMES):
    sys.stdout.write(frame(n))
    sys.stdout.flush()
    time.sleep(0.02)
sys.stdin.readline()
sys.stdout.write("\x1b[?25h\x1b[?1049ldone\r\n")
