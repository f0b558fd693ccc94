"""The tasks of a plan by how well their words, types of document and periods fit an abstract."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from math import fsum, log, sqrt
from operator import mul

from tthc_cli.abstracts import Abstract, UnitNames, Word, read_abstract
from tthc_cli.agencies import Directory
from tthc_cli.duties import Duty
from tthc_cli.naming import fold
from tthc_cli.plan import Plan
from tthc_cli.tuples import NamedTuple


class Profile(NamedTuple):
    """A task as papers may speak of it: its words and pairs of words, those of its section's title and of the
    head of its own, its types of document and those it cites.

    called: the kind of document that its title names first.
    """

    duty: Duty
    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    around: frozenset[str]
    core: frozenset[str]
    heads: tuple[frozenset[str], ...]
    own: str
    types: frozenset[str]
    references: frozenset[str]
    called: frozenset[str]


LATER, CITED, UNSAID = 0.1, 4.0, 0.3
"""How much less each later word of an abstract tells; what citing the same document tells; what is left of a score
where nothing of the task's title is said."""
OTHERWISE, ASTRAY = 0.75, 0.4
"""What is left of a score where the abstract opens with other words than the task, or has another errand."""
LIKELY, FAR = 0.12, 0.45
"""The score without which no task is proposed, and so much less than another's that it is that one the words mean."""

# Words of a task's product for its type; "" is a công văn, which has none.
_FORMS = {"bao cao": "BC", "ke hoach": "KH", "quyet dinh": "QĐ", "van ban": "", "thong bao": "TB", "de an": "ĐA"}
_ASIDE = re.compile(r"\([^)]*\)")
_READ = 1 << 10
"""Letters of a text by which its tasks are ranked."""
_HEAD = re.compile(r"\b(?:theo|trên cơ sở)\b.*", re.DOTALL)


def _profile(duty: Duty, section: str) -> Profile:
    task = duty.task
    texts = [read_abstract(text, 0) for text in (task.title, task.product)]
    words = [[word.key for word in text.words] for text in texts]
    forms = fold(_ASIDE.sub(" ", task.product))
    types = {type_ for form, type_ in _FORMS.items() if re.search(rf"\b{form}\b", forms)}
    return Profile(
        duty,
        frozenset(key for keys in words for key in keys),
        frozenset(pair for keys in words for pair in pairwise(keys)),
        frozenset(word.key for word in read_abstract(section, 0).words),
        frozenset(word.key for word in read_abstract(_HEAD.sub("", _ASIDE.sub(" ", task.title)), 0).words),
        tuple(frozenset(keys[:2]) for keys in words if keys),
        fold(f"{task.title} {task.product} {task.timing}"),
        frozenset(types | ({"TTr"} if task.signed_by else set())),
        frozenset(reference for text in texts for reference in text.references),
        frozenset(texts[0].kinds[:1]),
    )


class Scored(NamedTuple):
    """How well a task fits an abstract: the part of its words explained, the part of
    the title said, whether a document is cited that no other task cites, and the score by which tasks are ranked.

    fits: for each word of the abstract that names no field, whether it is the task's.
    """

    profile: Profile
    explained: float
    covered: float
    cited: bool
    score: float
    fits: tuple[bool, ...]

    def likely(self, abstract: Abstract) -> bool:
        """Whether the task is worth proposing; a text about something else shares words by chance."""
        words = {word.key for word in abstract.words if word.known}
        return self.score >= LIKELY and (self.explained >= 0.5 or bool(words & self.profile.words))


class Ranking:
    """The tasks of a plan by how well they fit an abstract, or whatever else tells of a paper."""

    def __init__(self, duties: Iterable[Duty], plan: Plan, directory: Directory) -> None:
        self._year, self._names = plan.year, UnitNames(directory)
        own = [duty for duty in duties if not duty.task.restates]
        self.profiles = [_profile(duty, plan.titles.get(duty.task.section, "")) for duty in own]
        citing = Counter(reference for profile in self.profiles for reference in profile.references)
        self._telling = frozenset(reference for reference, times in citing.items() if times == 1)
        self._bearing = Counter(key for profile in self.profiles for key in profile.words)
        self._weights = {key: self._tells(times) for key, times in self._bearing.items()}
        self._strange = self._tells(0)
        self._whole = {profile.duty.task.id: fsum(map(self.weight, profile.core)) or 1 for profile in self.profiles}

    def _tells(self, times: int) -> float:
        return log((len(self.profiles) + 1) / (times + 0.5)) + 0.1

    def weight(self, key: str) -> float:
        """What a word tells: the fewer tasks have it, the more; one that none has tells most."""
        return self._weights.get(key, self._strange)

    @cached_property
    def subject(self) -> frozenset[str]:
        """What most of the plan is about."""
        return frozenset(key for key, times in self._bearing.items() if times > 0.4 * len(self.profiles))

    def read(self, text: str) -> Abstract:
        """An abstract, its words apart from the names of units in it."""
        return read_abstract(text, self._year, self._names)

    def meant(self, text: str) -> list[Duty]:
        """The tasks that a text may be about, by its beginning, the best first."""
        abstract = self.read(text[:_READ])
        if not abstract.words and not abstract.references:
            return [each.duty for each in self._of_kind(abstract)]
        ranked = self.of(abstract, frozenset(abstract.kinds))
        least = max((each.score for each in ranked), default=0.0) * FAR
        near = [each.profile for each in ranked if each.score >= least and each.likely(abstract)]
        return [*{each.duty.task.id: each.duty for each in (*near, *self._of_all(abstract))}.values()]

    def _of_kind(self, abstract: Abstract) -> list[Profile]:
        """The tasks of a text that tells a kind of document at most, and a period.

        Of a kind those that come round ("Báo cáo quý II", "Báo cáo năm"), or else all ("Kế hoạch năm").
        """
        if abstract.years and self._year not in abstract.years:
            return []
        if not abstract.kinds:
            said = {named.occasion for named in abstract.periods}
            return [each for each in self.profiles if not said.isdisjoint(each.duty.occasions)]
        alike = [each for each in self.profiles if not each.types.isdisjoint(abstract.kinds)]
        again = [each for each in alike if each.duty.occasions] or alike
        return sorted(again, key=lambda each: each.called.isdisjoint(abstract.kinds))

    def _of_all(self, abstract: Abstract) -> list[Profile]:
        """The tasks that tell of everything once in a part of a year: "Báo cáo giải quyết TTHC quý I" may be theirs."""
        parts = {named.occasion for named in abstract.periods if named.occasion and "-" in named.occasion}
        if not any(word.known and word.key in self.subject for word in abstract.words):
            return []
        alike = (each for each in self.profiles if not each.called.isdisjoint(abstract.kinds))
        return [each for each in alike if not parts.isdisjoint(each.duty.occasions)]

    def of(self, abstract: Abstract, types: frozenset[str]) -> list[Scored]:
        """Every task with its score, the best first."""
        words = [word for word in abstract.words if not word.field]
        weights = [self.weight(word.key) / (1 + LATER * at) for at, word in enumerate(words)]
        scored = [self._scored(profile, abstract, types, words, weights) for profile in self.profiles]
        return sorted(scored, key=lambda each: -each.score)

    def _scored(
        self, profile: Profile, abstract: Abstract, types: frozenset[str], words: list[Word], weights: list[float]
    ) -> Scored:
        parts = [*_explained(profile, words)]
        cited = bool(abstract.references & profile.references & self._telling)
        told = _part([*map(sqrt, weights)], parts, cited)
        covered = self._covered(profile, words) or 0.5 * cited
        score = told * (UNSAID + (1 - UNSAID) * covered) * _fit(profile.types, types) * _rhythm(profile.duty, abstract)
        if not cited and frozenset(word.key for word in words[:2]) not in profile.heads:
            score *= OTHERWISE
        if abstract.errand and fold(abstract.errand) not in profile.own:
            score *= ASTRAY
        return Scored(profile, _part(weights, parts, cited), covered, cited, score, tuple(map(bool, parts)))

    def _covered(self, profile: Profile, words: list[Word]) -> float:
        """How much of what the task's title tells is said."""
        said = profile.core & {word.key for word in words}
        return fsum(map(self.weight, said)) / self._whole[profile.duty.task.id]


def _explained(profile: Profile, words: list[Word]) -> Iterator[float]:
    """How much of each word is the task's: all where a neighbour goes with it, or where it means one thing only."""
    keys = [word.key for word in words]
    for at, word in enumerate(words):
        beside = {(keys[at - 1], word.key)} if at else set()
        beside |= {(word.key, keys[at + 1])} if at + 1 < len(keys) else set()
        if word.key not in profile.words:
            yield 0.5 if word.key in profile.around else 0.0
        else:
            yield 1.0 if word.known or beside & profile.pairs else 0.5


def _part(weights: list[float], parts: list[float], cited: bool) -> float:
    """The part of an abstract that is a task's; what it cites counts like a word."""
    total = sum(weights) + CITED * cited
    return (sum(map(mul, weights, parts)) + CITED * cited) / total if total else 0.0


def _fit(wanted: frozenset[str], types: frozenset[str]) -> float:
    """How a paper's types fit those of a task's product."""
    if not wanted or not types:
        return 0.75
    if wanted & types - {""}:
        return 1.0
    return 0.8 if "" in types else 0.5


def _rhythm(duty: Duty, abstract: Abstract) -> float:
    """Whether a task comes round as often as the paper says."""
    parts = [named.occasion for named in abstract.periods if named.occasion is None or "-" in named.occasion]
    if not parts or any(part in duty.occasions for part in parts):
        return 1.0
    return 0.9 if duty.occasions else 0.75
