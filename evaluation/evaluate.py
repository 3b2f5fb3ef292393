"""Scores predicted records against gold records. Pure: reads and writes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.corpus.errors import DataError
from onrecord.corpus.record import Record
from onrecord.evaluation.counts import Counts, CountTable, FloatArray, Sums, common_index, flattened, nested
from onrecord.evaluation.document import Attributed, Document, build_document
from onrecord.evaluation.mistakes import find_mistakes
from onrecord.evaluation.quotes import count_quotes
from onrecord.evaluation.schema import (
    DocumentCounts,
    EvaluationResult,
    Inputs,
    Interval,
    Settings,
    Slice,
    SystemComparison,
)
from onrecord.evaluation.score_types import Difference
from onrecord.evaluation.scores import ScoreTree, measure
from onrecord.evaluation.slices import (
    FEWEST_ARTICLES,
    articles_by_slice,
    count_slices,
    measure_slices,
    slice_keys,
    slice_path,
)
from onrecord.evaluation.speakers import count_speakers
from onrecord.evaluation.stance import DocumentStances, count_entries, count_labels, pair_stances
from onrecord.evaluation.stance_scores import stance_scores
from onrecord.evaluation.uncertainty import Resampled, bootstrap, compare, detectable_unpaired, holm

HEADLINES = (
    "quotes.overlap.f1",
    "quotes.exact.f1",
    "speakers.mention.accuracy",
    "speakers.name.accuracy",
    "stance.macro_f1",
    "end_to_end.attribution.f1",
    "end_to_end.f1",
)
"""What a table of systems shows."""


@dataclass(frozen=True)
class EvaluationOptions:
    """How intervals are made.

    Attributes:
        n_resamples: Bootstrap resamples of the articles.
        seed: Of the random numbers.
    """

    n_resamples: int = 1000
    seed: int = 1


DEFAULT_OPTIONS = EvaluationOptions()


def evaluate(
    pred: Iterable[Record],
    gold: Iterable[Record],
    texts: Mapping[str, str],
    options: EvaluationOptions = DEFAULT_OPTIONS,
) -> EvaluationResult:
    """Scores predicted records against gold records.

    Args:
        pred: The system's records, of articles in `texts`.
        gold: The gold records.
        texts: The text of every article of the gold set, by id; articles without gold records count too.
        options: How intervals are made.

    Raises:
        DataError: A record's article is not in `texts`, or an id occurs twice on one side.
    """
    gold_by_article, pred_by_article = _by_article(gold, texts, "gold"), _by_article(pred, texts, "predicted")
    documents = [
        build_document(
            article,
            text,
            [Attributed.of_record(record) for record in gold_by_article.get(article, ())],
            [Attributed.of_record(record) for record in pred_by_article[article]]
            if article in pred_by_article
            else None,
            traits=_traits(gold_by_article.get(article, ())),
        )
        for article, text in texts.items()
    ]
    return evaluate_documents(documents, options)


def _traits(records: Sequence[Record]) -> dict[str, str]:
    publisher = records[0].article.publisher if records else None
    return {} if publisher is None else {"publisher": publisher}


def _by_article(records: Iterable[Record], texts: Mapping[str, str], side: str) -> dict[str, list[Record]]:
    grouped: defaultdict[str, list[Record]] = defaultdict(list)
    seen: set[str] = set()
    for record in records:
        if record.article.id not in texts:
            raise DataError(f"{side} record {record.id}: its article {record.article.id!r} is not in the gold set")
        if record.id in seen:
            raise DataError(f"{side} record {record.id}: this id occurs twice; ids must be unique")
        seen.add(record.id)
        grouped[record.article.id].append(record)
    return dict(grouped)


def evaluate_documents(documents: Sequence[Document], options: EvaluationOptions = DEFAULT_OPTIONS) -> EvaluationResult:
    """Scores prepared documents; see `evaluate`."""
    stances = [pair_stances(document) for document in documents]
    counts = [_count(document, held) for document, held in zip(documents, stances, strict=True)]
    table = CountTable(counts)
    sums = table.totals()
    resampled = bootstrap(table, _measure_all, n_resamples=options.n_resamples, seed=options.seed)
    tree = ScoreTree(sums)
    annotated = any(held.entries for held in stances)
    return EvaluationResult(
        settings=Settings(n_resamples=options.n_resamples, seed=options.seed),
        inputs=Inputs(
            n_articles=len(documents),
            n_articles_predicted=sum(document.predicted for document in documents),
            n_gold=sum(len(document.gold) for document in documents),
            n_pred=sum(len(document.pred) for document in documents),
            n_wordless=sum(document.n_wordless for document in documents),
        ),
        quotes=tree.quotes(),
        speakers=tree.speakers(),
        stance=stance_scores(
            [case for held in stances for case in held.cases],
            [entry for held in stances for entry in held.entries],
            found=tree.found("stance.entries"),
            n_unscored=sum(held.n_unscored for held in stances),
            n_resamples=options.n_resamples,
            seed=options.seed,
        )
        if annotated
        else None,
        end_to_end=tree.end_to_end(),
        intervals={path: _interval(interval) for path, interval in resampled.items() if not path.startswith("slices.")},
        slices=_slices(sums, resampled, articles_by_slice(counts)),
        errors=tuple(
            mistake
            for document, held in zip(documents, stances, strict=True)
            for mistake in find_mistakes(document, held)
        ),
        documents=tuple(
            DocumentCounts(id=document.id, counts=nested(_without_slices(held)))
            for document, held in zip(documents, counts, strict=True)
        ),
    )


def _count(document: Document, stances: DocumentStances) -> Counts:
    counts = Counts()
    parts = (
        count_quotes(document),
        count_speakers(document),
        count_entries(document, stances),
        *count_labels(stances.cases).values(),
        count_slices(document, stances),
    )
    for part in parts:
        for key, value in part.items():
            if value:
                counts[key] += value
    return counts


def _measure_all(sums: Sums) -> dict[str, FloatArray]:
    return measure(sums) | measure_slices(sums)


def _without_slices(counts: Counts) -> dict[tuple[str, ...], float]:
    return {key: value for key, value in counts.items() if key[0] != "slices"}


def _interval(resampled: Resampled) -> Interval:
    return Interval(
        low=resampled.low,
        high=resampled.high,
        standard_error=resampled.standard_error,
        detectable=detectable_unpaired(resampled.standard_error),
    )


def _slices(sums: Sums, resampled: Mapping[str, Resampled], n_articles: Mapping[str, int]) -> tuple[Slice, ...]:
    """Returns the slices, the worst of each measure first."""
    slices = []
    for measured, dimension, value in slice_keys(sums):
        path = ("slices", measured, dimension, value)
        n, n_right = (round(float(sums[*path, count])) for count in ("n", "right"))
        name = slice_path(measured, dimension, value)
        interval = resampled.get(name) if n_articles[name] >= FEWEST_ARTICLES else None
        of_quotes = measured == "attribution"
        n_found, n_pred, n_pred_found = (
            round(float(sums[*path, count])) for count in ("found", "n_pred", "pred_found")
        )
        slices.append(
            Slice(
                measure="attribution" if of_quotes else "stance",
                dimension=dimension,
                value=value,
                n=n,
                n_right=n_right,
                score=n_right / n if n else None,
                n_articles=n_articles[name],
                low=None if interval is None else interval.low,
                high=None if interval is None else interval.high,
                n_found=n_found if of_quotes else None,
                n_pred=n_pred if of_quotes else None,
                n_pred_found=n_pred_found if of_quotes else None,
            )
        )
    return tuple(sorted(slices, key=lambda part: (part.measure, part.score is None, part.score or 0.0, part.value)))


def compare_systems(
    first: EvaluationResult,
    others: Mapping[str, EvaluationResult],
    *,
    metrics: Sequence[str] = HEADLINES,
    options: EvaluationOptions = DEFAULT_OPTIONS,
) -> tuple[SystemComparison, ...]:
    """Compares a system with several others; p-values are adjusted for all comparisons together (Holm).

    Args:
        first: A result.
        others: Results on the same gold set, by the system's name.
        metrics: Paths of the scores to compare; such as either system lacks are left out.
        options: Number of resamples and permutations, and the seed.

    Raises:
        DataError: One was not evaluated on the same articles.
    """
    found = {name: compare_results(first, other, metrics=metrics, options=options) for name, other in others.items()}
    adjusted = iter(holm([difference.p for differences in found.values() for difference in differences]))
    return tuple(
        SystemComparison(
            other=name,
            differences=tuple(difference.model_copy(update={"p_holm": next(adjusted)}) for difference in differences),
        )
        for name, differences in found.items()
    )


def compare_results(
    first: EvaluationResult,
    second: EvaluationResult,
    *,
    metrics: Sequence[str] = HEADLINES,
    options: EvaluationOptions = DEFAULT_OPTIONS,
) -> tuple[Difference, ...]:
    """Compares two systems that were evaluated on the same gold set.

    Args:
        first: A result, as `evaluate` or a JSON file gives it.
        second: The other.
        metrics: Paths of the scores to compare; such as either system lacks are left out.
        options: Number of resamples and permutations, and the seed.

    Returns:
        Differences, first minus second, their p-values adjusted for being made together (Holm).

    Raises:
        DataError: The two were not evaluated on the same articles.
    """
    rows = [{document.id: flattened(document.counts) for document in result.documents} for result in (first, second)]
    if rows[0].keys() != rows[1].keys():
        odd = sorted(rows[0].keys() ^ rows[1].keys())[0]
        raise DataError(f"article {odd!r} is in one of the two results only: evaluate both on the same gold set")
    ids = sorted(rows[0])
    counts = [[row[identifier] for identifier in ids] for row in rows]
    index = common_index(*counts)
    found = compare(
        CountTable(counts[0], index=index),
        CountTable(counts[1], index=index),
        lambda sums: {path: value for path, value in measure(sums).items() if path in metrics},
        n_resamples=options.n_resamples,
        seed=options.seed,
    )
    chosen = [path for path in metrics if path in found]
    adjusted = holm([found[path].p for path in chosen])
    return tuple(
        Difference(metric=path, p_holm=p_holm, **vars(found[path]))
        for path, p_holm in zip(chosen, adjusted, strict=True)
    )
