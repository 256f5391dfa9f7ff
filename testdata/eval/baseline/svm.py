#!/usr/bin/env python3
"""A linear SVM over character and word n-grams, to compare the ranker with.

It reads exam names and codes only: no lexicon, no code descriptions. The folds are those of
the file that `radcode train --held-out` writes, so both are judged by the same hospitals:

    radcode train --titles titles.jsonl --held-out held.jsonl --out /tmp/models
    svm.py --titles titles.jsonl --held-out held.jsonl --out svm.jsonl
    radcode eval --corpus titles.jsonl --tag clean --date 2025-12-01 --predictions svm.jsonl --out run

Written for scikit-learn 1.9.1 and numpy 2.4.6. Seeds are fixed: the same files
give the same predictions. A fold takes about a minute on one core.

Confidences are the softmax of the decision function; they are not calibrated.
"""

import argparse
import json
import re

import numpy
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_union
from sklearn.svm import LinearSVC


def lines(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def normal(title):
    """The title as `radcode train` compares it with others: lower-case runs of letters and digits."""
    return " ".join(re.findall(r"[^\W_]+", title.lower()))


def grams():
    return make_union(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2),
        TfidfVectorizer(analyzer="word", token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True, min_df=2),
    )


def predict(train, test, codes, regularisation, top):
    """The best codes of each test title, best first, with their confidences."""
    union = grams()
    model = LinearSVC(C=regularisation, random_state=0)
    model.fit(union.fit_transform(train), codes)
    held = union.transform(test)
    for start in range(0, held.shape[0], 2000):
        scores = model.decision_function(held[start : start + 2000])
        shares = numpy.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        for row in shares:
            best = numpy.argsort(-row, kind="stable")[:top]
            yield [{"code": str(model.classes_[i]), "confidence": round(float(row[i]), 5)} for i in best]


def prediction(identifier, fold, answers):
    first = dict(answers[0], runners_up=answers[1:]) if answers else None
    return {
        "id": identifier,
        "cpt": [first] if first else [],
        "retrieved": {"cpt": [a["code"] for a in answers]},
        "fold": fold,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--titles", required=True, help="corpus of exam names, JSON lines")
    parser.add_argument("--held-out", required=True, help="what radcode train --held-out wrote: the folds")
    parser.add_argument("--out", required=True, help="predictions, as radcode eval --predictions reads them")
    parser.add_argument("--regularisation", type=float, default=0.5, help="C of LinearSVC")
    parser.add_argument("--top", type=int, default=10, help="codes per title")
    args = parser.parse_args()

    titles = {t["id"]: t for t in lines(args.titles)}
    folds = [(p["id"], p["fold"]) for p in lines(args.held_out)]
    found = {i: prediction(i, f, []) for i, f in folds}
    for fold in sorted({f for _, f in folds if f >= 0}):
        train = [titles[i] for i, f in folds if f not in (fold, -1)]
        test = [i for i, f in folds if f == fold]
        answers = predict(
            [normal(t["exam"]) for t in train],
            [normal(titles[i]["exam"]) for i in test],
            [t["gold"]["cpt"][0]["code"] for t in train],
            args.regularisation,
            args.top,
        )
        for i, a in zip(test, answers):
            found[i] = prediction(i, fold, a)
        print(f"fold {fold}: {len(train)} to learn from, {len(test)} predicted", flush=True)
    with open(args.out, "w", encoding="utf-8") as out:
        for i, _ in folds:
            out.write(json.dumps(found[i]) + "\n")


if __name__ == "__main__":
    main()
