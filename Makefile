# The commands people type; .ci/run holds the checks themselves.
.PHONY: build test check golden fuzz bench benchcmp

build:
	go build -o radcode ./cmd/radcode

test:
	go test ./...

check:
	.ci/run

# Rewrite expected output; read the difference before committing it.
golden:
	go test ./coding ./coding/eval ./cmd/radcode -update

fuzz:
	go test -run '^$$' -fuzz '^FuzzRead$$' -fuzztime 60s ./nlp

# Raw output goes to testdata/bench/DATE-HOST; see the README.md there.
HOST ?= $(shell go env GOOS)-$(shell go env GOARCH)
bench:
	testdata/bench/run "$(HOST)"

# make benchcmp OLD=testdata/bench/A NEW=testdata/bench/B
BENCHSTAT = golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da
benchcmp:
	@test -d "$(OLD)" && test -d "$(NEW)" || { echo "usage: make benchcmp OLD=FOLDER NEW=FOLDER"; exit 2; }
	go run $(BENCHSTAT) "old=$(OLD)/go.txt" "new=$(NEW)/go.txt"
	go run $(BENCHSTAT) "old=$(OLD)/bench.txt" "new=$(NEW)/bench.txt"
