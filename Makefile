# The commands people type; .ci/run holds the checks themselves.
.PHONY: build test check golden fuzz bench

build:
	go build -o radcode ./cmd/radcode

test:
	go test ./...

check:
	.ci/run

# Rewrite expected output; read the difference before committing it.
golden:
	go test ./coding ./cmd/radcode -update

fuzz:
	go test -run '^$$' -fuzz '^FuzzRead$$' -fuzztime 60s ./nlp

bench:
	go test -run '^$$' -bench . -benchmem ./nlp ./coding ./index
