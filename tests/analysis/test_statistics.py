"""The arithmetic against tables worked by hand, and what must hold of any table."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.analysis.statistics import (
    correlation_estimate,
    discrimination,
    efficiency,
    efficiency_estimate,
    higher_by_rank,
    mean_estimate,
    mean_of,
    median_estimate,
)

# Five people: credit x and rest score X.
#   x: 1 1 0 1 0     mean 3/5,  deviations  .4  .4 -.6  .4 -.6
#   X: 3 2 2 1 0     mean 8/5,  deviations 1.4  .4  .4 -.6 -1.6
#   Σdx² = 3(.16) + 2(.36) = 1.2        ΣdX² = 1.96 + .16 + .16 + .36 + 2.56 = 5.2
#   Σdx·dX = .56 + .16 - .24 - .24 + .96 = 1.2
#   r = 1.2 / √(1.2 · 5.2) = 1.2 / √6.24 = 0.480384...
#   Both ascending: x 0 0 1 1 1, X 0 1 2 2 3:
#   Σ = (-.6)(-1.6) + (-.6)(-.6) + .4(.4) + .4(.4) + .4(1.4) = .96 + .36 + .16 + .16 + .56 = 2.2
#   efficiency = 1.2 / 2.2 = 0.545454...
FIVE = Counter([(1, 3), (1, 2), (0, 2), (1, 1), (0, 0)])

# A busy machine says nothing of the arithmetic.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_five_people_worked_by_hand() -> None:
    assert discrimination(FIVE) == pytest.approx(0.4803844614)
    assert efficiency(FIVE) == pytest.approx(6 / 11)


def test_part_credit_worked_by_hand() -> None:
    # Four people: x 0 1/2 1/2 1, X 1 0 2 1. Means 1/2 and 1.
    # Deviations: -.5 0 0 .5 and 0 -1 1 0: every product is 0, so r = 0 and efficiency = 0.
    points = Counter([(Fraction(0), 1), (Fraction(1, 2), 0), (Fraction(1, 2), 2), (Fraction(1), 1)])
    assert discrimination(points) == 0
    assert efficiency(points) == 0


def test_the_best_possible_is_fully_efficient_though_not_a_perfect_correlation() -> None:
    # x 0 1 1 1, X 0 1 2 3: in one order already, so the covariance is the greatest there is.
    # dx -.75 .25 .25 .25, dX -1.5 -.5 .5 1.5: Σ = 1.125 - .125 + .125 + .375 = 1.5
    # r = 1.5 / √(.75 · 5) = 0.774596...
    points = Counter([(0, 0), (1, 1), (1, 2), (1, 3)])
    assert discrimination(points) == pytest.approx(0.7745966692)
    assert efficiency(points) == 1


def test_the_reverse_is_negative() -> None:
    points = Counter([(1, 0), (0, 1)])
    assert discrimination(points) == -1
    assert efficiency(points) == -1


def test_without_variance_there_is_no_figure_rather_than_nought() -> None:
    for points in (Counter([(1, 0), (1, 3)]), Counter([(0, 2), (1, 2)]), Counter([(1, 1)])):
        assert discrimination(points) is None
        assert efficiency(points) is None


def test_credits_in_thirds_have_no_variance_to_the_last_digit() -> None:
    third = Fraction(1, 3)
    assert discrimination(Counter({(third, 1): 3, (third, 2): 4})) is None


def test_mean_credit_is_exact() -> None:
    # 3 with 1/3, 2 with 1, 1 with 0: (1 + 2 + 0) / 6 = 1/2.
    credits = {Fraction(1, 3): 3, Fraction(1): 2, Fraction(0): 1}
    assert mean_of(credits) == Fraction(1, 2)


def test_wilsons_interval_worked_by_hand() -> None:
    # p = 1/2, n = 10, z² = 3.841459: the middle stays .5;
    # half = 1.959964 √(.025 + .00960365) / 1.3841459 = 1.959964 · .1860206 / 1.3841459 = .2634069
    found = mean_estimate(Fraction(1, 2), 10)
    assert (found.low, found.high) == pytest.approx((0.2365931, 0.7634069), abs=1e-6)
    # p = 0, n = 10: high = z² / (n + z²) = 3.841459 / 13.841459 = .2775328, low exactly 0.
    nobody = mean_estimate(0, 10)
    assert nobody.low == 0
    assert nobody.high == pytest.approx(0.2775328, abs=1e-6)


def test_fishers_interval_worked_by_hand() -> None:
    # r = .5, n = 28: artanh .5 = .5493061; ± 1.959964 / 5 = .3919928;
    # tanh .1573133 = .1560282, tanh .9412989 = 5.57055 / 7.57055 = .735818.
    found = correlation_estimate(0.5, 28)
    assert (found.low, found.high) == pytest.approx((0.1560282, 0.735818), abs=1e-5)


def test_a_perfect_correlation_still_has_an_interval() -> None:
    found = correlation_estimate(1.0, 30)
    assert found.high == 1
    assert 0.99 < found.low < 1


def test_efficiency_takes_the_interval_of_discrimination_on_its_scale() -> None:
    # r .3 becomes .6, twice as much: so does each end, and above 1 it stops.
    r = correlation_estimate(0.3, 40)
    found = efficiency_estimate(0.6, r)
    assert (found.low, found.high) == pytest.approx((2 * r.low, 1.0 if r.high > 0.5 else 0))


def test_the_median_worked_by_hand() -> None:
    # n = 25: (25 - 9.7998) / 2 = 7.6 → rank 7; 1 + (25 + 9.7998) / 2 = 18.4 → rank 19.
    found = median_estimate([float(value) for value in range(25, 0, -1)])
    assert (found.value, found.low, found.high, found.n) == (13, 7, 19, 25)
    assert median_estimate([1.0, 2.0]).value == 1.5


CREDITS = st.sampled_from(
    [Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(1)]
)
PEOPLE = st.lists(st.tuples(CREDITS, st.integers(0, 9)), min_size=1, max_size=40)


@UNHURRIED
@given(PEOPLE)
def test_figures_stay_in_their_bounds(people: list[tuple[Fraction, int]]) -> None:
    mean = mean_of(Counter(credit for credit, _rest in people))
    found = mean_estimate(mean, len(people))
    assert 0 <= found.low <= found.value <= found.high <= 1
    r, part = discrimination(Counter(people)), efficiency(Counter(people))
    assert (r is None) == (part is None)
    if r is not None and part is not None:
        assert -1 <= r <= 1
        assert part <= 1
        assert (r > 0) == (part > 0)
        assert abs(part) >= abs(r) - 1e-9


@UNHURRIED
@given(PEOPLE, st.randoms(use_true_random=False), st.integers(1, 12))
def test_order_and_scale_change_nothing(people, luck, scale) -> None:
    shuffled = list(people)
    luck.shuffle(shuffled)
    assert discrimination(Counter(shuffled)) == discrimination(Counter(people))
    scaled = Counter((credit * scale, rest * scale) for credit, rest in shuffled)
    assert efficiency(scaled) == efficiency(Counter(people))


@UNHURRIED
@given(st.floats(-1, 1), st.integers(4, 5000))
def test_fishers_interval_holds_its_correlation(r: float, n: int) -> None:
    found = correlation_estimate(r, n)
    assert -1 <= found.low <= r <= found.high <= 1


@UNHURRIED
@given(st.lists(st.floats(0, 100), min_size=1, max_size=60))
def test_the_interval_of_a_median_holds_it(values: list[float]) -> None:
    found = median_estimate(values)
    assert min(values) <= found.low <= found.value <= found.high <= max(values)


def test_higher_by_rank_worked_by_hand() -> None:
    # All 4 pairs are won, no score is shared: (4 - 2 - 1/2) / √(4/12 · 5) = 1.5 / 1.2909944.
    assert higher_by_rank({3: 1, 4: 1}, {1: 1, 2: 1}) == pytest.approx(1.1618950)
    # Of 9 pairs 4 are won and 4 equal: U = 6. Two scores are shared by 3 each, so
    # √(9/12 · (7 - 48/30)) = 2.0124612, and (6 - 4.5 - 1/2) / 2.0124612.
    assert higher_by_rank({1: 1, 2: 2}, {1: 2, 2: 1}) == pytest.approx(0.4969040)
    assert higher_by_rank({1: 20}, {2: 20}) < -4
    assert higher_by_rank({1: 20}, {1: 20}) == 0
