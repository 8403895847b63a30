"""What comes out: findings with their tables and charts, one function an exhibit."""

from valuemix.exhibits.acceptability import acceptability
from valuemix.exhibits.alignment import alignment
from valuemix.exhibits.bridge import bridge
from valuemix.exhibits.central_weights import central_weights
from valuemix.exhibits.challenges import challenges
from valuemix.exhibits.change import change
from valuemix.exhibits.cover_stories import cover_stories
from valuemix.exhibits.delivery_chain import delivery_chain
from valuemix.exhibits.delivery_levers import delivery_levers
from valuemix.exhibits.dials import dials
from valuemix.exhibits.discipline_check import discipline_check
from valuemix.exhibits.evenness import evenness
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.fit import fit
from valuemix.exhibits.focus import focus
from valuemix.exhibits.formats import decimals_of
from valuemix.exhibits.input_differences import input_differences
from valuemix.exhibits.inputs import scores, weights
from valuemix.exhibits.kind import arrange
from valuemix.exhibits.leader_map import leader_map
from valuemix.exhibits.leaders import leaders
from valuemix.exhibits.led_by_view import led_by_view
from valuemix.exhibits.levers import levers
from valuemix.exhibits.net_value import net_value
from valuemix.exhibits.pairwise import pairwise
from valuemix.exhibits.path import path
from valuemix.exhibits.perception import perception
from valuemix.exhibits.preference_share import preference_share
from valuemix.exhibits.ranking import ranking
from valuemix.exhibits.ranks_across import ranks_across
from valuemix.exhibits.regret import regret
from valuemix.exhibits.service import service
from valuemix.exhibits.stability import stability
from valuemix.exhibits.statement import statement
from valuemix.exhibits.summary import summary
from valuemix.exhibits.terms import terms
from valuemix.exhibits.tradeoff import tradeoff
from valuemix.exhibits.value_changes import value_changes
from valuemix.exhibits.value_map import value_map
from valuemix.exhibits.values import values_table

# Exhibits in the order of the pages.
__all__ = [  # noqa: RUF022
    "summary",
    "ranking",
    "leaders",
    "values_table",
    "change",
    "tradeoff",
    "stability",
    "challenges",
    "leader_map",
    "levers",
    "acceptability",
    "central_weights",
    "pairwise",
    "ranks_across",
    "value_changes",
    "bridge",
    "input_differences",
    "regret",
    "path",
    "statement",
    "focus",
    "discipline_check",
    "fit",
    "evenness",
    "dials",
    "preference_share",
    "alignment",
    "perception",
    "cover_stories",
    "led_by_view",
    "delivery_chain",
    "delivery_levers",
    "value_map",
    "net_value",
    "service",
    "terms",
    "weights",
    "scores",
    "Exhibit",
    "decimals_of",
]

arrange(__all__)


def __dir__() -> list[str]:
    return sorted(__all__)
