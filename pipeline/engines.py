"""Where the work runs: in this process, in several on this machine, or on a Ray cluster."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from enum import StrEnum
from itertools import islice
from typing import Any

from onrecord.corpus.article import Article
from onrecord.corpus.errors import MissingExtraError
from onrecord.pipeline.loading import load_models
from onrecord.pipeline.pipeline import Extraction, Pipeline, PipelineOptions

ARTICLES_PER_TASK = 24
"""Articles that travel to a worker together: enough to fill its batches."""


class Engine(StrEnum):
    """What runs the workers."""

    LOCAL = "local"
    RAY = "ray"


def stream_extractions(
    articles: Iterable[Article], options: PipelineOptions, *, engine: Engine, workers: int
) -> Iterator[Extraction]:
    """Yields what came of each article, in order.

    Args:
        articles: In any number; read as the work goes on.
        options: What each worker runs.
        engine: What runs the workers.
        workers: Their number; one local worker is this process.

    Raises:
        MissingExtraError: The engine is Ray, and Ray is not installed.
    """
    if engine is Engine.RAY:
        yield from _ray(articles, options, workers)
    elif workers <= 1:
        yield from Pipeline(options).stream(articles)
    else:
        yield from _processes(articles, options, workers)


_pipeline: Pipeline | None = None


def _start_worker(options: PipelineOptions) -> None:
    global _pipeline
    models = load_models(
        options.spacy_model,
        options.quote_model,
        options.stance_model,
        threads=1,
        stance_options=options.stance_options,
    )
    _pipeline = Pipeline(options, models=models)


def _work(articles: list[Article]) -> list[Extraction]:
    if _pipeline is None:
        raise RuntimeError("the worker was not started")
    return list(_pipeline.stream(articles))


def _tasks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    stream = iter(articles)
    while task := list(islice(stream, ARTICLES_PER_TASK)):
        yield task


def _processes(articles: Iterable[Article], options: PipelineOptions, workers: int) -> Iterator[Extraction]:
    context = multiprocessing.get_context("spawn")  # forked threads of the model runtimes would hang
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(options,)) as pool:
        waiting: deque[Future[list[Extraction]]] = deque()
        for task in _tasks(articles):
            waiting.append(pool.submit(_work, task))
            if len(waiting) >= 2 * workers:  # more would only hold articles in memory
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _ray(articles: Iterable[Article], options: PipelineOptions, workers: int) -> Iterator[Extraction]:
    try:
        import ray
        from ray.util import ActorPool
    except ImportError as error:
        raise MissingExtraError("ray", extra="ray", purpose="--engine ray") from error

    class Worker:
        def __init__(self) -> None:
            _start_worker(options)

        def work(self, task: list[Article]) -> list[Extraction]:
            return _work(task)

    if not ray.is_initialized():
        ray.init(log_to_driver=False)
    remote: Any = ray.remote(num_cpus=1)(Worker)
    pool = ActorPool([remote.remote() for _ in range(max(1, workers))])
    for extractions in pool.map(lambda actor, task: actor.work.remote(task), _tasks(articles)):
        yield from extractions
