"""What comes out: findings with their tables and charts, one function an exhibit."""

from valuemix.exhibits.acceptability import acceptability
from valuemix.exhibits.alignment import alignment
from valuemix.exhibits.bridge import bridge
from valuemix.exhibits.central_weights import central_weights
from valuemix.exhibits.challenges import challenges
from valuemix.exhibits.change import change
from valuemix.exhibits.dials import dials
from valuemix.exhibits.discipline_check import discipline_check
from valuemix.exhibits.evenness import evenness
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.fit import fit
from valuemix.exhibits.focus import focus
from valuemix.exhibits.input_differences import input_differences
from valuemix.exhibits.inputs import scores, weights
from valuemix.exhibits.leader_map import leader_map
from valuemix.exhibits.leaders import leaders
from valuemix.exhibits.levers import levers
from valuemix.exhibits.pairwise import pairwise
from valuemix.exhibits.path import path
from valuemix.exhibits.precision import decimals_of
from valuemix.exhibits.preference_share import preference_share
from valuemix.exhibits.ranking import ranking
from valuemix.exhibits.ranks_across import ranks_across
from valuemix.exhibits.regret import regret
from valuemix.exhibits.stability import stability
from valuemix.exhibits.statement import statement
from valuemix.exhibits.summary import summary
from valuemix.exhibits.tradeoff import tradeoff
from valuemix.exhibits.value_changes import value_changes
from valuemix.exhibits.values import values_table

__all__ = [
    "Exhibit",
    "acceptability",
    "alignment",
    "bridge",
    "central_weights",
    "challenges",
    "change",
    "decimals_of",
    "dials",
    "discipline_check",
    "evenness",
    "fit",
    "focus",
    "input_differences",
    "leader_map",
    "leaders",
    "levers",
    "pairwise",
    "path",
    "preference_share",
    "ranking",
    "ranks_across",
    "regret",
    "scores",
    "stability",
    "statement",
    "summary",
    "tradeoff",
    "value_changes",
    "values_table",
    "weights",
]


def __dir__() -> list[str]:
    return sorted(__all__)
