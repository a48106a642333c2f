"""The arithmetic of item analysis: pure functions from counts to figures with their intervals.

Credits and rest scores come in as exact numbers (integers on one scale, or fractions), so that
"no variance" is a fact and not a matter of rounding. The formulas of questions are Moodle's:
"Quiz statistics calculations", docs.moodle.org/dev/Quiz_statistics_calculations, and
question/classes/statistics/questions/calculator.php in Moodle's source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import atanh, ceil, floor, sqrt, tanh

Number = int | Fraction
# How many people had this credit together with this rest score.
Points = Mapping[tuple[Number, Number], int]

# Below it a share says more about who happened to come than about the question.
ENOUGH = 10
# With 30 people and no connection at all, Fisher's interval still runs from -0.36 to 0.36. With
# fewer it cannot tell a question that sorts people well (0.3 and above) from one that does not.
ENOUGH_TO_CORRELATE = 30
# The two-sided 95 % point of the normal distribution.
Z = 1.959963984540054


@dataclass(frozen=True)
class Estimate:
    """A figure, the interval that probably holds it, and from how many people it comes."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Sums:
    """The sums of squares and products about the means, each multiplied by n; exact."""

    n: int
    credit: Number
    rest: Number
    both: Number


def mean_estimate(mean: Number, n: int) -> Estimate:
    """Return a mean of values between 0 and 1 with Wilson's score interval at 95 %.

    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n): E. B. Wilson, "Probable inference, the law
    of succession, and statistical inference", JASA 22 (1927). For shares it is the interval
    itself. For part credit it is on the careful side: the variance of values between 0 and 1
    with mean p is at most p(1-p) (R. Bhatia and C. Davis, American Mathematical Monthly 107,
    2000), so it is rather too wide than too narrow, and never of width nought.
    """
    p, z2 = float(mean), Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    # At 0 and 1 the bound is the figure itself, which rounding might just miss.
    return Estimate(p, max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half)), n)


def mean_of(credits: Mapping[Fraction, int]) -> Fraction:
    """Return the mean credit, Moodle's "facility": the sum of credits by how many had them."""
    total = sum((credit * count for credit, count in credits.items()), Fraction(0))
    return total / sum(credits.values())


def sums_of(points: Points) -> Sums:
    """Return n·Σx² - (Σx)², the same of the rest score, and n·Σxy - Σx·Σy."""
    n = sum(points.values())
    x = sum(c * k for (c, _), k in points.items())
    y = sum(r * k for (_, r), k in points.items())
    return Sums(
        n,
        n * sum(c * c * k for (c, _), k in points.items()) - x * x,
        n * sum(r * r * k for (_, r), k in points.items()) - y * y,
        n * sum(c * r * k for (c, r), k in points.items()) - x * y,
    )


def discrimination(points: Points) -> float | None:
    """Return the correlation of credit and rest score; None where either never varies.

    Moodle's discrimination index, here from -1 to 1 rather than as a percentage:
    C(x, X) / √(V(x) V(X)), x the credit of the question and X the sum over all the others.
    """
    sums = sums_of(points)
    if not sums.credit or not sums.rest:
        return None
    found = float(sums.both) / sqrt(sums.credit) / sqrt(sums.rest)
    return max(-1.0, min(1.0, found))


def efficiency(points: Points) -> float | None:
    """Return Moodle's discriminative efficiency, C(x, X) / Cmax(x, X); None without variance.

    Cmax is the covariance there would be if the best credits had gone with the best rest scores:
    both put in ascending order, each on its own, and paired. 1 is as good as the question can
    be; an easy question cannot reach a high discrimination, but can reach a high efficiency.
    """
    most = sums_of(_sorted_apart(points)).both
    return float(Fraction(sums_of(points).both) / Fraction(most)) if most else None


def _sorted_apart(points: Points) -> Points:
    """Pair the credits with the rest scores, both in ascending order."""
    credits: Counter[Number] = Counter()
    rests: Counter[Number] = Counter()
    for (credit, rest), count in points.items():
        credits[credit] += count
        rests[rest] += count
    paired: Counter[tuple[Number, Number]] = Counter()
    others = _ascending(rests)
    partner, left = next(others, (0, 0))
    for credit, count in _ascending(credits):
        needed = count
        while needed:
            if not left:
                partner, left = next(others)
            taken = min(needed, left)
            paired[credit, partner] += taken
            needed, left = needed - taken, left - taken
    return paired


def _ascending(counts: Counter[Number]) -> Iterator[tuple[Number, int]]:
    return iter(sorted((value, count) for value, count in counts.items() if count))


def correlation_estimate(r: float, n: int) -> Estimate:
    """Return a correlation with Fisher's interval at 95 %: tanh(artanh r ± z / √(n-3)).

    R. A. Fisher, "On the probable error of a coefficient of correlation deduced from a small
    sample", Metron 1 (1921). It supposes at least 4 people. A perfect correlation has no such
    interval; it is worked as if one person in n had been a little off, r = ±(1 - 1/n²).
    """
    bound = 1 - 1 / (n * n)
    middle, half = atanh(max(-bound, min(bound, r))), Z / sqrt(n - 3)
    return Estimate(r, min(r, tanh(middle - half)), max(r, tanh(middle + half)), n)


def efficiency_estimate(value: float, r: Estimate) -> Estimate:
    """Return the efficiency with the interval of the discrimination on its scale.

    Efficiency is discrimination over the greatest that these scores allow. That greatest is
    taken as known, so each end of Fisher's interval is divided by it; above 1 it cannot be.
    """
    if not r.value:
        return Estimate(value, value + r.low, min(1.0, value + r.high), r.n)
    scale = value / r.value
    return Estimate(value, min(value, r.low * scale), min(1.0, r.high * scale), r.n)


def higher_by_rank(one: Mapping[int, int], other: Mapping[int, int]) -> float:
    """Return how surely the scores of one group lie above another's, as a normal deviate.

    z = (U - n₁n₂/2 - 1/2) / √(n₁n₂/12 · (N + 1 - Σ(t³ - t) / N(N - 1))), U the pairs in which the
    first is higher and half of those that are equal, t how many share a score: H. B. Mann and
    D. R. Whitney, "On a test of whether one of two random variables is stochastically larger than
    the other", Annals of Mathematical Statistics 18 (1947), with the correction for ties of
    E. L. Lehmann, Nonparametrics (1975). No shape is supposed; it is close from ten in each on.
    """
    first, second = sum(one.values()), sum(other.values())
    both = Counter(one) + Counter(other)
    n, below, pairs = first + second, 0, 0.0
    for score in sorted(both):
        pairs += one.get(score, 0) * (below + other.get(score, 0) / 2)
        below += other.get(score, 0)
    ties = sum(t**3 - t for t in both.values()) / (n * (n - 1))
    spread = first * second / 12 * (n + 1 - ties)
    return (pairs - first * second / 2 - 0.5) / sqrt(spread) if spread > 0 else 0.0


def median_estimate(values: Sequence[float]) -> Estimate:
    """Return the median with the interval that two of the ordered values bound, at 95 %.

    The ranks are (n - z√n)/2 and 1 + (n + z√n)/2: the normal form of the sign test's interval,
    W. J. Conover, Practical Nonparametric Statistics, on quantiles. No shape is supposed.
    """
    ordered, n = sorted(values), len(values)
    middle = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    low = max(1, floor((n - Z * sqrt(n)) / 2))
    high = min(n, ceil(1 + (n + Z * sqrt(n)) / 2))
    return Estimate(middle, ordered[low - 1], ordered[high - 1], n)
