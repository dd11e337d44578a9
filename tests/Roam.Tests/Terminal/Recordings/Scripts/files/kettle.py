"""A kettle in Python."""
from dataclasses import dataclass


@dataclass
class Kettle:
    degrees: float = 20.0
    filled: bool = True

    def heat(self, watts: float) -> int:
        seconds = 0
        while self.degrees < 100 and self.filled:
            self.degrees += watts / 4186.0
            seconds += 1
        return seconds


if __name__ == "__main__":
    print(f"boiled after {Kettle().heat(2000)} s")
