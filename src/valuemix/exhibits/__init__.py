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

__all__ = [
    "Exhibit",
    "acceptability",
    "alignment",
    "bridge",
    "central_weights",
    "challenges",
    "change",
    "cover_stories",
    "decimals_of",
    "delivery_chain",
    "delivery_levers",
    "dials",
    "discipline_check",
    "evenness",
    "fit",
    "focus",
    "input_differences",
    "leader_map",
    "leaders",
    "led_by_view",
    "levers",
    "net_value",
    "pairwise",
    "path",
    "perception",
    "preference_share",
    "ranking",
    "ranks_across",
    "regret",
    "scores",
    "service",
    "stability",
    "statement",
    "summary",
    "terms",
    "tradeoff",
    "value_changes",
    "value_map",
    "values_table",
    "weights",
]


def __dir__() -> list[str]:
    return sorted(__all__)
