"""The rules of the self-check, judged by its laws: over all counts, over all combinations, in any order."""

import random
from itertools import chain, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.assess import BANDS, UNSURE, assess, is_positive
from dialogs.checking import questions
from dialogs.loader import BOOK as FILES
from dialogs.loader import read_rules
from dialogs.rules import LEVELS, below
from tests.fakes.real import book

BOOK = book()
RULES = read_rules(FILES / "rules.yaml")
WALKS = ("offer", "away", "kin")
PRESSURE = frozenset({"debt", "pledge", "threat", "family_threat", "secrecy"})
UNLAWFUL = frozenset({"fee", "tourist_work", "season_agent"})


def answers_of(script):
    """Every question with its answers, from the best to the worst; what is not known stands after the best."""
    found = {}
    for place in questions(BOOK, script):
        best, *worse = BOOK.node(place).question.answers
        found[str(place)] = (best, "unknown", *worse)
    return found


def risky(script):
    """The same, without questions that weigh nothing."""
    return {question: answers for question, answers in answers_of(script).items() if question in RULES.by_question}


def weighed(script):
    """The same, without answers that decide by themselves."""
    critical = {name for name, sign in RULES.signs.items() if sign.critical}
    return {
        question: [answer for answer in answers if RULES.by_answer.get((question, answer)) not in critical]
        for question, answers in risky(script).items()
    }


def says(sign):
    """One answer that says a sign, in the walk before a departure."""
    return next((question, answers[0]) for question, answers in RULES.signs[sign].when.items() if "offer." in question)


def rank(answers):
    return BANDS.index(assess(answers, RULES).band)


def at_random(script, chance):
    return {question: chance.choice(answers) for question, answers in risky(script).items()}


@pytest.mark.parametrize("counts", list(product(range(7), repeat=3)))
def test_a_dimension_is_positive_exactly_where_the_published_rule_says_so(counts):
    strong, medium, weak = counts
    published = strong >= 2 or (strong >= 1 and medium + weak >= 1) or medium >= 3 or (medium >= 2 and weak >= 1)
    assert is_positive(strong, medium, weak) == published


@pytest.mark.parametrize("script", WALKS)
@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_worse_answer_never_gives_a_better_band(script, data):
    scale = risky(script)
    answers = {question: data.draw(st.sampled_from(each)) for question, each in scale.items()}
    question = data.draw(st.sampled_from(sorted(scale)))
    for worse in scale[question][scale[question].index(answers[question]) :]:
        assert rank(answers | {question: worse}) >= rank(answers)


@pytest.mark.parametrize("script", WALKS)
def test_every_single_step_to_a_worse_answer_holds_from_many_places(script):
    chance = random.Random(1)
    scale = risky(script)
    for _ in range(300):
        answers = at_random(script, chance)
        for question, each in scale.items():
            bands = [rank(answers | {question: answer}) for answer in each]
            assert bands == sorted(bands), (question, answers)


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(chance):
    answers = at_random("offer", chance)
    shuffled = list(answers.items())
    chance.shuffle(shuffled)
    assert assess(dict(shuffled), RULES) == assess(answers, RULES)


@pytest.mark.parametrize("sign", sorted(RULES.signs))
def test_every_sign_changes_some_verdict(sign):
    """With the sign and without it, beside two weak doubts and whatever else is needed to tip the scale."""
    chance = random.Random(sign)
    question, answer = next((place, each[0]) for place, each in RULES.signs[sign].when.items())
    best = answers_of(question.partition(".")[0])[question][0]
    for _ in range(500):
        answers = {
            name: each for name, each in at_random(question.partition(".")[0], chance).items() if chance.random() < 0.3
        }
        if rank(answers | {question: answer}) != rank(answers | {question: best}):
            return
    pytest.fail(f"{sign} changes nothing")


@pytest.mark.parametrize("floor", sorted(RULES.floors))
def test_every_floor_changes_some_verdict(floor):
    without = RULES.model_copy(update={"floors": {k: v for k, v in RULES.floors.items() if k != floor}})
    rule = RULES.floors[floor]
    signs = (*rule.all, *rule.any[:1])
    answers = dict(next(iter([(q, a[0]) for q, a in RULES.signs[sign].when.items()])) for sign in signs)
    assert assess(answers, RULES).band != assess(answers, without).band


def test_critical_answers_outrank_all_counting():
    best = {question: each[0] for question, each in risky("offer").items()}
    for sign, rule in RULES.signs.items():
        for question, answers in rule.when.items() if rule.critical else ():
            alone = assess({question: answers[0]}, RULES).band
            assert alone == rule.critical, sign
    assert assess(best | dict([says("danger_now")]), RULES).band == "emergency"


# ---- the four laws, over all combinations of answers
#
# Of one dimension a band depends only on its counts (cut where more changes nothing) and on the signs that floors name.
# So the combinations of a dimension's questions are gone through question by question, one is kept of each kind, then
# one of each outcome; and all combinations of these outcomes over all dimensions are judged by `assess` itself.

FLOORED = {sign for floor in RULES.floors.values() for sign in (*floor.all, *floor.any)} | {"season_agent"}
SPANNING = {
    sign
    for floor in RULES.floors.values()
    if len({RULES.signs[name].dimension for name in (*floor.all, *floor.any)}) > 1
    for sign in (*floor.all, *floor.any)
}
"""Signs that floors combine with signs of other dimensions."""


def outcomes(script):
    """For each dimension, one combination of answers for everything it can come to."""
    by_dimension = {}
    for question, each in weighed(script).items():
        dimension = next((sign.dimension for sign in RULES.by_question[question] if sign.dimension), "none")
        by_dimension.setdefault(dimension, {})[question] = each
    return [list({_outcome(answers): answers for answers in _kinds(scale)}.values()) for scale in by_dimension.values()]


def _kinds(scale):
    found = {(): {}}
    for question, each in scale.items():
        longer = [{**answers, question: answer} for answers in found.values() for answer in each]
        found = {_kind(answers): answers for answers in longer}
    return found.values()


def _weights(answers):
    """What is known and what is not, of answers about one dimension; questions that weigh nothing count as `plain`."""
    signs = [RULES.by_answer[pair] for pair in answers.items() if pair in RULES.by_answer]
    doubts = [RULES.by_question[question] for question, answer in answers.items() if answer in UNSURE]
    heaviest = [max((LEVELS.index(sign.weight) for sign in each if sign.weight), default=None) for each in doubts]
    known = [RULES.signs[sign].weight for sign in signs]
    return signs, known, [below(LEVELS[level]) for level in heaviest if level is not None], heaviest.count(None)


def _kind(answers):
    signs, known, lowered, plain = _weights(answers)
    counts = [min([*known, *lowered].count(weight), most) for weight, most in zip(LEVELS, (2, 3, 2), strict=True)]
    return (*counts, bool(known), "strong" in known, min(plain, 2), frozenset(signs) & FLOORED)


def _outcome(answers):
    signs, known, lowered, plain = _weights(answers)
    weights = [*known, *lowered]
    positive = bool(known) and is_positive(*(weights.count(weight) for weight in reversed(LEVELS)))
    some = min(len(weights) + plain, 2)
    counted = (positive, bool(known), "strong" in known, "medium" in weights, some)
    return (*counted, rank(answers), frozenset(signs) & SPANNING, demanded(signs), unlawful(signs))


def demanded(signs):
    """Documents demanded together with debt, threat or secrecy."""
    return "papers_wanted" in signs and not PRESSURE.isdisjoint(signs)


def unlawful(signs):
    """A fee for the job, or to enter as a tourist and work."""
    return not UNLAWFUL.isdisjoint(signs)


@pytest.mark.timeout(300)
def test_the_four_laws_hold_over_all_combinations_of_answers_before_a_departure():
    judged = 0
    for parts in product(*([tuple(answers.items()) for answers in each] for each in outcomes("offer"))):
        answers = dict(chain.from_iterable(parts))
        verdict, judged = assess(answers, RULES), judged + 1
        grave = BANDS.index(verdict.band)
        if demanded(verdict.signs):
            assert verdict.band == "red", answers
        if unlawful(verdict.signs):
            assert grave >= BANDS.index("orange"), answers
        if not verdict.signs:
            assert grave <= BANDS.index("yellow"), answers
    assert judged > 1000


@pytest.mark.parametrize("doubt", sorted(UNSURE))
@pytest.mark.parametrize("script", WALKS)
def test_not_knowing_anything_is_never_above_yellow(script, doubt):
    assert assess(dict.fromkeys(answers_of(script), doubt), RULES).band == "yellow"


def test_a_passport_to_be_kept_and_a_debt_to_be_worked_off_are_red_though_the_bare_formula_says_yellow():
    answers = dict([says("papers_wanted"), says("debt")])
    assert assess(answers, RULES).band == "red"
    bare = RULES.model_copy(update={"floors": {}})
    assert assess(answers, bare).band == "yellow"
