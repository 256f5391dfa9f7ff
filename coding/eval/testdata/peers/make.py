"""What scikit-learn and trec_eval say about corpus.jsonl and predictions.jsonl.

    go run ./cmd/radcode eval --corpus coding/eval/testdata/peers/corpus.jsonl \
        --predictions coding/eval/testdata/peers/predictions.jsonl --out RUN
    cp RUN/run.trec RUN/qrels.trec coding/eval/testdata/peers/
    pip install scikit-learn==1.9.1 pytrec_eval-terrier==0.5.11
    python coding/eval/testdata/peers/make.py

writes sklearn.json and trec.json beside it. The gold has neither optional codes nor
codes accepted in place of others, which the two tools do not know.
"""
import json
import pathlib

import numpy
import pytrec_eval
from sklearn import metrics
from sklearn.preprocessing import MultiLabelBinarizer

here = pathlib.Path(__file__).parent


def lines(name):
    return [json.loads(line) for line in open(here / name)]


def codes(entries):
    return [entry["code"] for entry in entries]


def classification(system):
    gold = [codes(r["gold"][system]) for r in lines("corpus.jsonl")]
    predicted = [codes(r[system]) for r in lines("predictions.jsonl")]
    binarizer = MultiLabelBinarizer().fit(gold + predicted)
    y, z = binarizer.transform(gold), binarizer.transform(predicted)
    report = metrics.classification_report(y, z, target_names=binarizer.classes_, output_dict=True, zero_division=0)
    report["exact"] = metrics.accuracy_score(y, z)
    report["jaccard"] = metrics.jaccard_score(y, z, average="samples", zero_division=1)
    report["samples_f1"] = metrics.f1_score(y, z, average="samples", zero_division=1)
    right, confidence = [], []
    for g, r in zip(gold, lines("predictions.jsonl")):
        for answer in r[system]:
            right.append(int(answer["code"] in g))
            confidence.append(answer["confidence"])
    report["brier"] = metrics.brier_score_loss(right, confidence)
    report["logloss"] = metrics.log_loss(right, confidence)
    return report


def trec():
    def table(name, value):
        out = {}
        for line in open(here / name):
            fields = line.split()
            out.setdefault(fields[0], {})[fields[2]] = value(fields)
        return out

    qrels = table("qrels.trec", lambda f: int(f[3]))
    run = table("run.trec", lambda f: float(f[4]))
    for query in qrels:
        run.setdefault(query, {})
    wanted = {"success.1,3,5", "recip_rank", "recall.1,3,5,10"}
    return pytrec_eval.RelevanceEvaluator(qrels, wanted).evaluate(run)


def write(name, value):
    text = json.dumps(value, indent=1, sort_keys=True, default=lambda x: x.item() if isinstance(x, numpy.generic) else x)
    (here / name).write_text(text + "\n")


write("sklearn.json", {system: classification(system) for system in ("cpt", "icd10cm")})
write("trec.json", trec())
