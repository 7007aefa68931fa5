"""Small numbers: what an audience that isn't ours may learn of how many people there were."""

from dataclasses import dataclass

STEP = 5


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads a number of people. Masked: below `threshold` only that it is below, the rest rounded to the nearest five."""

    masked: bool = False
    threshold: int = 5

    def shown(self, number: int) -> "Shown":
        """The number as this audience may see it."""
        if not self.masked:
            return Shown(number)
        least = max(self.threshold, STEP // 2 + 1)  # whatever would round to nothing is "below" as well
        if 0 < number < least:
            return Shown(least, below=True)
        return Shown((number + STEP // 2) // STEP * STEP)


@dataclass(frozen=True, slots=True)
class Shown:
    """A number fit to be shown: itself, or a bound it stays below."""

    number: int
    below: bool = False


EXACT = Audience()
"""Members in their private chats."""
