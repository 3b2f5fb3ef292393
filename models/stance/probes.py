"""Original examples of what stance models find hard, which the model card runs and shows; all persons are invented."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.corpus.record import StanceLabel
from onrecord.models.stance.protocol import StanceClassifier, StancePair

FAVOR, AGAINST, NEUTRAL = StanceLabel.FAVOR, StanceLabel.AGAINST, StanceLabel.NEUTRAL


@dataclass(frozen=True)
class Probe:
    """An example of one difficulty, with the label that a careful reader gives it."""

    kind: str
    right: StanceLabel
    target: str
    text: str
    speaker: str = "Marta Oyelaran"
    context: str | None = None


@dataclass(frozen=True)
class ProbeAnswer:
    """What a model answers to a probe."""

    probe: Probe
    answer: StanceLabel
    confidence: float

    @property
    def is_right(self) -> bool:
        """Whether it agrees with a careful reader."""
        return self.answer is self.probe.right


IRONY = "irony"
REPORTED = "views of others, reported"
PRAISE = "praise of the opponent, or of the person"
NEGATED = "denials, and attacks on the other side"
CONDITION = "conditions, questions and plain facts"
OPPOSED = "two targets in one text"
FOREIGN = "a target worded in another language"

PROBES = (
    Probe(IRONY, AGAINST, "harbour levy", "“A splendid idea, if you own no boat.”"),
    Probe(IRONY, AGAINST, "Henrik Solberg", "“How kind of Mr Solberg to visit us, a mere eleven years late.”"),
    Probe(IRONY, AGAINST, "the night bus", "“Oh yes, the night bus. Both of its passengers adore it.”"),
    Probe(IRONY, FAVOR, "the new library", "“Terrible place. My children refuse to come home from it.”"),
    Probe(REPORTED, NEUTRAL, "harbour levy", "skippers called the levy a robbery", "the harbour clerk"),
    Probe(REPORTED, NEUTRAL, "Lena Falk", "critics had accused Ms Falk of wasting public money", "a court reporter"),
    Probe(
        REPORTED, AGAINST, "the sea wall", "“They tell us that the wall will save the town. It will not save one roof.”"
    ),
    Probe(
        REPORTED,
        AGAINST,
        "the ban on night work",
        "the ban would protect nobody",
        "Port Authority",
        "The Port Authority dismissed the pilots' claim that the ban would keep crews safe, saying the ban would "
        "protect nobody.",
    ),
    Probe(PRAISE, AGAINST, "the weir", "“Nobody works harder than Ines, and nobody is more wrong about the weir.”"),
    Probe(PRAISE, FAVOR, "Ines Brandt", "“Nobody works harder than Ines, and nobody is more wrong about the weir.”"),
    Probe(PRAISE, AGAINST, "raising the fares", "“I like the mayor, I voted for her, and I shall fight these fares.”"),
    Probe(PRAISE, FAVOR, "the mayor", "“I like the mayor, I voted for her, and I shall fight these fares.”"),
    Probe(
        NEGATED, FAVOR, "the kiln", "“There is nothing dangerous about the kiln, and those who say so are guessing.”"
    ),
    Probe(NEGATED, FAVOR, "Omar Reyes", "“Omar never took a penny, and they know it.”"),
    Probe(NEGATED, AGAINST, "closing the school", "“We will not let them lock that door.”"),
    Probe(NEGATED, AGAINST, "a ban on diesel cars", "“A ban would not clean the air, it would only empty the town.”"),
    Probe(CONDITION, NEUTRAL, "the merger", "“If the price were right, we would look at it.”"),
    Probe(CONDITION, NEUTRAL, "the merger", "shareholders will vote on the merger on Tuesday", "the company"),
    Probe(CONDITION, NEUTRAL, "the tunnel", "“Has anyone asked what the tunnel will cost?”"),
    Probe(
        CONDITION, NEUTRAL, "the tunnel", "the tunnel was 4.2km long and would take six years to dig", "the ministry"
    ),
    Probe(OPPOSED, FAVOR, "the tram", "“Give me the tram any day; the cable car is a toy for tourists.”"),
    Probe(OPPOSED, AGAINST, "the cable car", "“Give me the tram any day; the cable car is a toy for tourists.”"),
    Probe(OPPOSED, FAVOR, "Ruth Adeyemi", "Adeyemi had kept every promise that Novak broke", "a union leader"),
    Probe(OPPOSED, AGAINST, "Pavel Novak", "Adeyemi had kept every promise that Novak broke", "a union leader"),
    Probe(FOREIGN, AGAINST, "el impuesto portuario", "“The port tax is a disgrace and must go.”"),
    Probe(FOREIGN, FAVOR, "die neue Brücke", "“The new bridge is the best thing to happen here in years.”"),
)


def ask_probes(classifier: StanceClassifier, probes: Sequence[Probe] = PROBES) -> list[ProbeAnswer]:
    """Runs the probes through a model; returns its answers in order."""
    pairs = [StancePair(probe.target, probe.text, probe.speaker, probe.context) for probe in probes]
    prediction = classifier.predict(pairs)
    return [
        ProbeAnswer(probe, label, float(probabilities.max()))
        for probe, label, probabilities in zip(probes, prediction.labels, prediction.probabilities, strict=True)
    ]
