"""What comes out: findings with their tables and charts, one function an exhibit."""

from valuemix.exhibits.balance.change import change
from valuemix.exhibits.balance.leaders import leaders
from valuemix.exhibits.balance.ranking import ranking
from valuemix.exhibits.balance.scores import scores
from valuemix.exhibits.balance.summary import summary
from valuemix.exhibits.balance.values import values_table
from valuemix.exhibits.balance.weights import weights
from valuemix.exhibits.compare.bridge import bridge
from valuemix.exhibits.compare.input_differences import input_differences
from valuemix.exhibits.compare.path import path
from valuemix.exhibits.compare.ranks_across import ranks_across
from valuemix.exhibits.compare.regret import regret
from valuemix.exhibits.compare.value_changes import value_changes
from valuemix.exhibits.customers.alignment import alignment
from valuemix.exhibits.customers.cover_stories import cover_stories
from valuemix.exhibits.customers.delivery_chain import delivery_chain
from valuemix.exhibits.customers.delivery_levers import delivery_levers
from valuemix.exhibits.customers.dials import dials
from valuemix.exhibits.customers.discipline_check import discipline_check
from valuemix.exhibits.customers.evenness import evenness
from valuemix.exhibits.customers.fit import fit
from valuemix.exhibits.customers.focus import focus
from valuemix.exhibits.customers.led_by_view import led_by_view
from valuemix.exhibits.customers.net_value import net_value
from valuemix.exhibits.customers.perception import perception
from valuemix.exhibits.customers.preference_share import preference_share
from valuemix.exhibits.customers.service import service
from valuemix.exhibits.customers.statement import statement
from valuemix.exhibits.customers.terms import terms
from valuemix.exhibits.customers.value_map import value_map
from valuemix.exhibits.decisions.impact import impact
from valuemix.exhibits.decisions.on_a_page import decision
from valuemix.exhibits.decisions.reversal import reversal
from valuemix.exhibits.evidence.answers_needed import answers_needed
from valuemix.exhibits.evidence.asked import asked
from valuemix.exhibits.evidence.believed_weights import believed_weights
from valuemix.exhibits.evidence.importance import importance
from valuemix.exhibits.evidence.lead_over_time import lead_over_time
from valuemix.exhibits.evidence.leads import leads
from valuemix.exhibits.evidence.memory import memory
from valuemix.exhibits.evidence.segments_apart import segments_apart
from valuemix.exhibits.evidence.stated_and_derived import stated_and_derived
from valuemix.exhibits.evidence.wave_bridge import wave_bridge
from valuemix.exhibits.evidence.wave_moves import wave_moves
from valuemix.exhibits.evidence.would_choose import would_choose
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import arrange
from valuemix.exhibits.moments.burdens import burdens
from valuemix.exhibits.moments.disciplines import disciplines_by_moment
from valuemix.exhibits.moments.journey import journey
from valuemix.exhibits.moments.returns import returns
from valuemix.exhibits.moments.simplify import simplify
from valuemix.exhibits.moments.where import where
from valuemix.exhibits.operating_model.capabilities import capabilities
from valuemix.exhibits.operating_model.resources import resources
from valuemix.exhibits.portfolio.core import core
from valuemix.exhibits.portfolio.frontier import coverage, frontier
from valuemix.exhibits.robustness.acceptability import acceptability
from valuemix.exhibits.robustness.central_weights import central_weights
from valuemix.exhibits.robustness.pairwise import pairwise
from valuemix.exhibits.tradeoffs.attribute_profile import attribute_profile
from valuemix.exhibits.tradeoffs.challenges import challenges
from valuemix.exhibits.tradeoffs.leader_map import leader_map
from valuemix.exhibits.tradeoffs.levers import levers
from valuemix.exhibits.tradeoffs.stability import stability
from valuemix.exhibits.tradeoffs.tradeoff import tradeoff
from valuemix.exhibits.words.formats import decimals_of

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
    "attribute_profile",
    "acceptability",
    "central_weights",
    "pairwise",
    "ranks_across",
    "value_changes",
    "bridge",
    "input_differences",
    "regret",
    "path",
    "decision",
    "reversal",
    "impact",
    "frontier",
    "core",
    "coverage",
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
    "burdens",
    "disciplines_by_moment",
    "where",
    "journey",
    "simplify",
    "returns",
    "resources",
    "capabilities",
    "service",
    "terms",
    "asked",
    "leads",
    "would_choose",
    "importance",
    "stated_and_derived",
    "believed_weights",
    "segments_apart",
    "answers_needed",
    "lead_over_time",
    "wave_moves",
    "wave_bridge",
    "memory",
    "weights",
    "scores",
    "Exhibit",
    "decimals_of",
]

arrange(__all__)


def __dir__() -> list[str]:
    return sorted(__all__)
