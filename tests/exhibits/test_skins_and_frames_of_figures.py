"""What holds for every figure: skins, contrast, frame, and that it travels."""

import pickle

import plotly.io as pio
import pytest

from valuemix import exhibits
from valuemix.exhibits.theme import SKINS


def luminance(color):
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


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
