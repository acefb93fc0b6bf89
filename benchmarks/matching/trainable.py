"""The shipped sentence encoder as a torch module: its four-bit numbers stay, scales and offsets can learn."""

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows

from wegweiser.catalogue.matching.tuned import BLOCK, GAIN, SHIFT, tensors

IN_BLOCK = 32
SPACE = "\u2581"
LONGEST = 96  # tokens of a question that are read


class Tokens:
    """SentencePiece with a unigram model, as the encoder's file holds it."""

    def __init__(self, raw: bytes) -> None:
        at = 8 + 9 * 4
        count, self.begin, self.end, self.pad, self.unknown = struct.unpack_from("<5i", raw, at)
        (letters,) = struct.unpack_from("<Q", raw, at + 20)
        at += 28
        starts = np.frombuffer(raw, "<u4", count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(raw, "<f4", count, at).tolist()
        at += 4 * count
        self.pieces: dict[bytes, int] = {}
        for number in range(count):
            piece = raw[at + starts[number] : at + starts[number + 1]]
            if piece:
                self.pieces.setdefault(piece, number)
        at += letters
        self.longest = int((starts[1:] - starts[:-1]).max())
        (norms,) = struct.unpack_from("<i", raw, at)
        at += 8
        self.normal: dict[int, tuple[int, ...]] = {}
        for _ in range(norms):
            letter, many = struct.unpack_from("<IB", raw, at)
            self.normal[letter] = struct.unpack_from(f"<{many}I", raw, at + 5)
            at += 5 + 4 * many

    def read(self, text: str) -> list[int]:
        """Numbers of the pieces of a question, with begin and end: the likeliest way to cut it (Viterbi)."""
        letters: list[int] = []
        for letter in "query: " + text:
            for normal in self.normal.get(ord(letter), (ord(letter),)):
                if not (normal == ord(" ") and letters[-1:] == [normal]):
                    letters.append(normal)
        line = "".join(map(chr, letters)).replace(" ", SPACE)
        line = line if line.startswith(SPACE) else SPACE + line
        parts = [letter.encode() for letter in line]
        best = [0.0] + [-1e30] * len(parts)
        way: list[tuple[int, int]] = [(0, 0)] * (len(parts) + 1)  # piece and where it begins
        for start in range(len(parts)):
            piece = b""
            for stop in range(start + 1, len(parts) + 1):
                piece += parts[stop - 1]
                if len(piece) > self.longest:
                    break
                number = self.pieces.get(piece, self.unknown)
                score = best[start] + (self.scores[number] if number != self.unknown else -1e9)
                if score > best[stop]:
                    best[stop], way[stop] = score, (number, start)
            if best[start] - 30 > best[start + 1]:
                best[start + 1], way[start + 1] = best[start] - 30, (self.unknown, start)
        found, at = [], len(parts)
        while at:
            found.append(way[at][0])
            at = way[at][1]
        return [self.begin, *found[::-1][: LONGEST - 2], self.end]

    def batch(self, rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """Numbers (n, longest) and where there are any."""
        numbers = torch.full((len(rows), max(map(len, rows))), self.pad, dtype=torch.long)
        there = torch.zeros(numbers.shape, dtype=torch.bool)
        for i, row in enumerate(rows):
            numbers[i, : len(row)] = torch.tensor(row)
            there[i, : len(row)] = True
        return numbers, there


class Floats(torch.nn.Module):
    """Numbers that are stored as floats, and what is added to them."""

    def __init__(self, start: np.ndarray) -> None:
        super().__init__()
        self.register_buffer("start", torch.from_numpy(start.copy()))
        self.shift = torch.nn.Parameter(torch.zeros(start.shape))

    def forward(self) -> torch.Tensor:
        return self.start + self.shift


class Packed(torch.nn.Module):
    """A matrix (outputs, inputs) of four-bit numbers; each block's scale has a factor that learns."""

    def __init__(self, numbers: np.ndarray, scales: np.ndarray, inputs: int) -> None:
        super().__init__()
        self.inputs = inputs
        self.register_buffer("numbers", torch.from_numpy(numbers.astype(np.float32)))
        self.register_buffer("scales", torch.from_numpy(scales[:, None].copy()))
        self.gain = torch.nn.Parameter(torch.zeros(len(scales), 1))

    def forward(self) -> torch.Tensor:
        return (self.numbers * (self.scales * (1 + self.gain))).view(-1, self.inputs)


class Trainable(torch.nn.Module):
    """A BERT of twelve layers; gives the mean of its last states, of length one."""

    def __init__(self, raw: bytes) -> None:
        super().__init__()
        width, layers, self.heads, inner = struct.unpack_from("<4i", raw, 8)
        (self.epsilon,) = struct.unpack_from("<f", raw, 8 + 7 * 4)
        self.width, self.layers = width, layers
        self.tokens = Tokens(raw)
        self._raw, self._where = raw, tensors(raw)
        self.words = self._unpacked("emb.word")
        self.places = torch.from_numpy(self._floats("emb.pos")).view(-1, width)
        self.kind = torch.from_numpy(self._floats("emb.type"))[:width]
        self.parts = torch.nn.ModuleDict()
        for name in ("emb.ln.w", "emb.ln.b"):
            self._learns(name)
        for layer in range(layers):
            for part in ("q", "k", "v", "ao", "fi", "fo"):
                self._learns(f"l{layer}.{part}.w", inner if part == "fo" else width)
                self._learns(f"l{layer}.{part}.b")
            for norm in ("aln", "oln"):
                self._learns(f"l{layer}.{norm}.w")
                self._learns(f"l{layer}.{norm}.b")

    def _floats(self, name: str) -> np.ndarray:
        where = self._where[name]
        return np.frombuffer(self._raw, "<f4", where.size // 4, where.offset).copy()

    def _unpacked(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Numbers (blocks, 32) from -8 to 7 and scales (blocks,)."""
        where = self._where[name]
        blocks = np.frombuffer(self._raw, np.uint8, where.size, where.offset).reshape(-1, BLOCK)
        low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
        numbers = np.concatenate([low, high], axis=1).astype(np.int8) - 8
        return numbers, blocks[:, :2].copy().view("<f2").astype(np.float32)[:, 0]

    def _learns(self, name: str, inputs: int = 0) -> None:
        part = Packed(*self._unpacked(name), inputs) if inputs else Floats(self._floats(name))
        self.parts[name.replace(".", "_")] = part

    def part(self, name: str) -> Any:
        return self.parts[name.replace(".", "_")]()

    def _linear(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return F.linear(x, self.part(f"{name}.w"), self.part(f"{name}.b"))

    def _norm(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return F.layer_norm(x, (self.width,), self.part(f"{name}.w"), self.part(f"{name}.b"), self.epsilon)

    def forward(self, numbers: torch.Tensor, there: torch.Tensor, dropout: float = 0.0) -> torch.Tensor:
        """Rows (n, width) for token numbers (n, longest)."""
        many, long = numbers.shape
        rows, scales = self.words
        at = numbers.reshape(-1).numpy()
        blocks = self.width // IN_BLOCK
        words = rows.reshape(-1, blocks, IN_BLOCK)[at] * scales.reshape(-1, blocks, 1)[at]
        x = torch.from_numpy(words.reshape(many, long, self.width)) + self.places[:long] + self.kind
        x = self._norm(x, "emb.ln")
        drop = dropout if self.training else 0.0
        for layer in range(self.layers):
            asked, keys, values = (
                self._linear(x, f"l{layer}.{part}").view(many, long, self.heads, -1).transpose(1, 2) for part in "qkv"
            )
            mixed = F.scaled_dot_product_attention(asked, keys, values, attn_mask=there[:, None, None], dropout_p=drop)
            mixed = self._linear(mixed.transpose(1, 2).reshape(many, long, self.width), f"l{layer}.ao")
            x = self._norm(x + F.dropout(mixed, drop), f"l{layer}.aln")
            inner = self._linear(F.gelu(self._linear(x, f"l{layer}.fi")), f"l{layer}.fo")
            x = self._norm(x + F.dropout(inner, drop), f"l{layer}.oln")
        mean = (x * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)
        return F.normalize(mean, dim=-1)

    def changes(self) -> dict[str, np.ndarray]:
        """What was learnt, by the names of `tuned`: float16 arrays."""
        found = {}
        for name in self._where:
            key = name.replace(".", "_")
            if key in self.parts:
                part = self.parts[key]
                learnt, kind = (part.gain, GAIN) if isinstance(part, Packed) else (part.shift, SHIFT)
                found[kind + name] = learnt.detach().numpy().reshape(-1).astype(np.float16)
        return found
