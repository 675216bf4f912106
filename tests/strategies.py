"""Random articles for property tests: prose, scraps, titles, blank lines, wraps and damage, in any order."""

from __future__ import annotations

from hypothesis import strategies as st

from cleaner.rules import builtin_rules

PROSE = (
    "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.",
    "Work is to begin in the spring, the mayor said, and traffic will be led around the town for three months.",
    "“We had no choice,” said the engineer, who has looked after the bridge for more than twenty years now.",
    "Der Stadtrat hat am Dienstagabend beschlossen, die alte Brücke über den Fluss für drei Monate zu sperren.",
    "El ayuntamiento decidió el martes cerrar el viejo puente durante tres meses para repararlo por completo.",
    "市议会星期二晚上开会，决定从下个月起关闭横跨河流的旧石桥，进行为期三个月的全面维修工程。",
    "Городской совет во вторник вечером решил закрыть старый каменный мост через реку на три месяца для ремонта.",
)
SHORT = (
    "A bridge too old",
    "What happens next",
    "• Lamps",
    "1. Stones",
    "“No,” she said.",
    "Council votes to close bridge",
    "3",
    "61%",
    "wrapped up a",
    "3-day visit to the islands",
)
SCRAPS = tuple(sorted({text for rule in builtin_rules() for texts in rule.examples.removes.values() for text in texts}))

lines = st.one_of(
    st.sampled_from(PROSE),
    st.sampled_from(SCRAPS),
    st.sampled_from(SHORT),
    st.sampled_from(["", "", "   ", "\N{NO-BREAK SPACE}"]),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(PROSE).map(lambda line: line.encode().decode("cp1252", "ignore")),
)
texts = st.lists(lines, max_size=14).map("\n".join)
