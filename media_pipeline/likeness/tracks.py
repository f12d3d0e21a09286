"""A row of instants, each a few bits that say what is seen or heard then, and which of
these bits are sure. Two rows are compared wherever both are sure, at any shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Fit:
    """How well two rows fit when the second begins `shift` instants into the first."""

    shift: int
    compared: int  # bits
    wrong: int

    @property
    def error(self) -> float:
        return self.wrong / self.compared if self.compared else 1.0


@dataclass(frozen=True)
class Track:
    """`width` bits an instant: `said` and `sure` hold them one instant after the other."""

    width: int
    said: bytes
    sure: bytes

    @property
    def step(self) -> int:
        return self.width // 8

    def __len__(self) -> int:
        return len(self.said) // self.step

    @cached_property
    def _whole(self) -> tuple[int, int]:
        """As one number each: then a comparison is a few operations, whatever the length."""
        return int.from_bytes(self.said, "little"), int.from_bytes(self.sure, "little")

    def instants(self) -> list[tuple[int, int]]:
        return [
            (
                int.from_bytes(self.said[at : at + self.step], "little"),
                int.from_bytes(self.sure[at : at + self.step], "little"),
            )
            for at in range(0, len(self.said), self.step)
        ]

    def fit(self, other: Track, shift: int) -> Fit:
        """Bits past an end are sure of nothing, so only what overlaps is compared."""
        (said, sure), (others, others_sure) = self._whole, other._whole
        if shift >= 0:
            said, sure = said >> shift * self.width, sure >> shift * self.width
        else:
            others, others_sure = (
                others >> -shift * self.width,
                others_sure >> -shift * self.width,
            )
        both = sure & others_sure
        return Fit(shift, both.bit_count(), ((said ^ others) & both).bit_count())

    def best(self, other: Track, most: int, least_compared: int) -> Fit | None:
        """Of all shifts up to `most`, the one with the fewest wrong bits."""
        fits = (self.fit(other, shift) for shift in range(-most, most + 1))
        worthy = [fit for fit in fits if fit.compared >= least_compared]
        return min(worthy, key=lambda fit: fit.error, default=None)


def track_of(instants: Sequence[tuple[int, int]], width: int) -> Track:
    """From (said, sure) of each instant."""
    step = width // 8
    return Track(
        width,
        b"".join(said.to_bytes(step, "little") for said, _ in instants),
        b"".join(sure.to_bytes(step, "little") for _, sure in instants),
    )
