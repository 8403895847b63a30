"""What holds for every figure: skins, contrast, frame, and that it travels."""

import pickle

import numpy as np
import plotly.io as pio
import pytest

from valuemix import exhibits
from valuemix.screen.skins import SKINS


def luminance(color):
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# Full protanopia, deuteranopia and tritanopia: Machado, Oliveira and Fernandes, IEEE TVCG 15 (2009), table 1.
COLOUR_BLIND = {
    "nobody": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def seen(color, matrix):
    """CIELAB of a colour as someone sees it."""
    rgb = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    x, y, z = TO_XYZ @ np.clip(np.array(matrix) @ linear, 0, 1) / [0.95047, 1, 1.08883]
    f = [np.cbrt(t) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("eyes", COLOUR_BLIND)
@pytest.mark.parametrize(("skin", "least"), [("light", 16), ("dark", 13)])
def test_twelve_disciplines_stay_apart_for_all_eyes(skin, least, eyes):
    colors = [seen(mark, COLOUR_BLIND[eyes]) for mark in SKINS[skin].marks]
    nearest = min(np.linalg.norm(a - b) for i, a in enumerate(colors) for b in colors[:i])
    assert nearest >= least


@pytest.fixture(params=["ranking", "leaders", "values", "change"])
def exhibit(request, result, closer):
    made = {
        "ranking": exhibits.ranking(closer, "Enterprise", result),
        "leaders": exhibits.leaders(closer),
        "values": exhibits.values_table(closer),
        "change": exhibits.change(result, closer, "Enterprise"),
    }
    assert {made[key].key for key in made} == set(made)
    return made[request.param]


@pytest.mark.parametrize("skin", SKINS.values(), ids=list(SKINS))
def test_marks_and_texts_can_be_told_from_what_lies_behind(skin):
    for mark, twin in zip(skin.marks, skin.twins, strict=True):
        assert contrast(mark, skin.ground) >= 3
        assert contrast(mark, skin.on_mark) >= 3
        assert contrast(twin, skin.ground) >= 4.5
    for text in (skin.ink, skin.muted, skin.good, skin.bad):
        assert contrast(text, skin.ground) >= 4.5
    assert contrast(skin.ink, skin.warm) >= 4.5
    assert len(set(skin.marks)) == 12


def test_a_deck_is_white_and_fixed_with_title_and_foot_inside(exhibit):
    layout = exhibit.figure.layout
    assert (layout.width, layout.height, layout.paper_bgcolor) == (1280, 720, "#FFFFFF")
    texts = [a.text.replace("<br>", " ") for a in layout.annotations]
    assert exhibit.finding in texts
    assert exhibit.subtitle in texts
    assert any(text.startswith(f"Source: {exhibit.source}") for text in texts)


@pytest.mark.parametrize("skin", ["light", "dark"])
def test_on_a_screen_a_figure_is_transparent_fluid_and_without_title(exhibit, skin):
    layout = exhibit.figure_in(skin).layout
    assert layout.width is None
    assert layout.autosize
    assert layout.paper_bgcolor == "rgba(0,0,0,0)"
    assert not any(exhibit.finding[:20] in a.text for a in layout.annotations)


def test_the_same_numbers_are_drawn_in_every_skin(exhibit):
    def numbers(skin):
        return [[list(map(str, t[a] or [])) for a in ("x", "y")] for t in exhibit.figure_in(skin).data]

    assert numbers("deck") == numbers("light") == numbers("dark")


def test_a_default_template_of_another_library_changes_nothing(exhibit, monkeypatch):
    before = exhibit.figure.to_json()
    monkeypatch.setattr(pio.templates, "default", "plotly_dark")
    assert exhibit.figure.to_json() == before


def test_an_exhibit_travels_by_pickle_and_draws_the_same(exhibit):
    copy = pickle.loads(pickle.dumps(exhibit))  # noqa: S301
    assert copy.figure.to_json() == exhibit.figure.to_json()


def test_plotly_itself_accepts_every_figure(exhibit):
    """Figures are built without plotly's validation for speed; here it has its say."""
    from plotly import graph_objects as go

    for skin in SKINS:
        drawn = exhibit.figure_in(skin).to_dict()
        assert go.Figure(drawn).to_dict()["data"]


def test_every_exhibit_has_words_for_who_does_not_see_it(exhibit, result):
    assert all(name in exhibit.alt for name in result.scenario.proposition_names if exhibit.key != "leaders")
    assert not any(
        len(part) == 0 for part in (exhibit.finding, exhibit.subtitle, exhibit.source, exhibit.alt)
    )
