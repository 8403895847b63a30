"""Small random scenarios for tests of laws."""

import numpy as np
from hypothesis import strategies as st

from valuemix.model.scenario import Scenario

HOSTILE = st.text(
    st.sampled_from("<b>&;$%{x}/a href='https://:.\"\\*_[]()`|~#=+-@ 予Ä1"), min_size=1, max_size=60
).filter(lambda name: name.strip() == name and name)


def _amounts(draw, length, most=3):
    values = draw(st.lists(st.integers(0, most), min_size=length, max_size=length))
    return values if any(values) else [1] * length


@st.composite
def scenarios(draw, names=False):
    """Small scenarios full of ties, missing scores, weights of 0 and sizes of 0."""
    g, p, d = draw(st.integers(1, 4)), draw(st.integers(1, 6)), draw(st.integers(2, 5))
    scale = draw(st.sampled_from([(0, 10), (1, 5), (0, 1), (-5, 5)]))
    steps = draw(st.sampled_from([2, 4, 40]))
    cells = draw(
        st.lists(st.integers(0, steps) | st.none(), min_size=g * p * d, max_size=g * p * d)
        if draw(st.booleans())
        else st.lists(st.integers(0, steps), min_size=g * p * d, max_size=g * p * d)
    )
    scores = np.array([np.nan if c is None else c / steps for c in cells], dtype=float).reshape(g, p, d)
    scores = scale[0] + scores * (scale[1] - scale[0])
    empty = np.isnan(scores).all(axis=2)
    scores[empty, 0] = scale[0]
    propositions = [f"P{i + 1}" for i in range(p)]
    segments = [f"G{i + 1}" for i in range(g)]
    if names:
        propositions = draw(st.lists(HOSTILE, min_size=p, max_size=p, unique_by=lambda n: n.casefold()))
        segments = draw(st.lists(HOSTILE, min_size=g, max_size=g, unique_by=lambda n: n.casefold()))
    return Scenario.from_arrays(
        scores,
        points=[_amounts(draw, d) for _ in range(g)],
        sizes=_amounts(draw, g),
        scale=scale,
        propositions=propositions,
        segments=segments,
        disciplines=[f"D{i + 1}" for i in range(d)],
        name="Case",
    )
