"""Which function draws which exhibit, by its key; any other becomes a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.deck import heat_forms, profile_forms, table_forms, text_forms
from valuemix.export.deck.charts.areas import draw_leader_map
from valuemix.export.deck.charts.dials import draw_dials
from valuemix.export.deck.charts.dots import draw_alignment, draw_evenness
from valuemix.export.deck.charts.dumbbell import draw_change, draw_gaps, draw_net_value, draw_service
from valuemix.export.deck.charts.levers import draw_levers
from valuemix.export.deck.charts.lines import draw_path, draw_tradeoff
from valuemix.export.deck.charts.mixes import draw_central_weights, draw_focus
from valuemix.export.deck.charts.ranges import draw_stability
from valuemix.export.deck.charts.ranking import draw_ranking
from valuemix.export.deck.charts.singles import draw_preference_share, draw_regret
from valuemix.export.deck.charts.slope import draw_slope, draw_views
from valuemix.export.deck.charts.value_map import draw_value_map
from valuemix.export.deck.charts.waterfall import draw_bridge
from valuemix.export.deck.measures import Column
from valuemix.export.deck.pages import pages_of
from valuemix.export.deck.slide import Form
from valuemix.export.deck.tables import draw_table

__all__ = ["FORMS", "forms_of"]

FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "acceptability": heat_forms.draw_acceptability,
        "alignment": draw_alignment,
        "bridge": draw_bridge,
        "central_weights": draw_central_weights,
        "challenges": table_forms.draw_challenges,
        "change": draw_change,
        "cover_stories": draw_gaps,
        "delivery_chain": draw_bridge,
        "delivery_levers": heat_forms.draw_delivery_levers,
        "dials": draw_dials,
        "evenness": draw_evenness,
        "fit": profile_forms.draw_fit,
        "focus": draw_focus,
        "input_differences": table_forms.draw_input_differences,
        "leader_map": draw_leader_map,
        "leaders": table_forms.draw_leaders,
        "led_by_view": draw_views,
        "levers": draw_levers,
        "net_value": draw_net_value,
        "pairwise": heat_forms.draw_pairwise,
        "path": draw_path,
        "perception": draw_gaps,
        "preference_share": draw_preference_share,
        "ranking": draw_ranking,
        "ranks_across": draw_slope,
        "regret": draw_regret,
        "service": draw_service,
        "stability": draw_stability,
        "statement": text_forms.draw_sentences,
        "summary": text_forms.draw_sentences,
        "terms": draw_path,
        "tradeoff": draw_tradeoff,
        "value_changes": heat_forms.draw_value_changes,
        "value_map": draw_value_map,
        "values": heat_forms.draw_values,
    }
)


PAGED: Mapping[str, Callable[[Exhibit], list[Column]]] = MappingProxyType(
    {
        "discipline_check": profile_forms.discipline_check_columns,
        "scores": heat_forms.scores_columns,
        "weights": heat_forms.weights_columns,
    }
)
"""Tables by disciplines, which go over as many slides as they need: of inputs nothing may be left out."""


def forms_of(exhibit: Exhibit) -> list[Form]:
    """Functions that draw an exhibit, one a slide.

    Examples
    --------
    >>> from valuemix.exhibits import scores
    >>> from valuemix.model.scenario import Scenario
    >>> len(forms_of(scores(Scenario.from_arrays([[5, 5]] * 20))))
    2
    """
    if exhibit.key in PAGED:
        return [_page(columns) for columns in pages_of(PAGED[exhibit.key](exhibit))]
    return [FORMS.get(exhibit.key, table_forms.draw_any)]


def _page(columns: list[Column]) -> Form:
    return lambda slide, _, box: draw_table(slide, box, columns)
