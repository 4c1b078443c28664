# SegPipeline: everything a person does with the sources, in one place. `make help` lists it.
SHELL := /bin/bash
CONFIGURATION ?= Release
SEGPIPE := artifacts/segpipe
TRX := artifacts/test-results
DOTNET_FLAGS := -c $(CONFIGURATION) --nologo -v quiet -clp:NoSummary
PACKAGES := artifacts/packages
VERSION := $(shell sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
DIST := artifacts/dist/segpipe-$(VERSION)-linux-x64
# The files in packages are as old as the commit, so that the same sources give the same bytes.
COMMIT_TIME := $(shell git log -1 --format=%ct 2>/dev/null || echo 1767225600)
BENCH ?= subset
FUZZ_SECONDS ?= 30
FUZZ_SEED ?= $(shell date +%s)
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-node build run test format docs bench fuzz pack dist clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## check for the .NET SDK and restore packages
	@command -v dotnet >/dev/null || { \
	  echo "The .NET 10 SDK is needed: see https://dotnet.microsoft.com/download"; exit 1; }
	@dotnet --version >/dev/null || { echo "global.json asks for a .NET 10 SDK; this one is too old."; exit 1; }
	@dotnet restore --nologo -v quiet

setup-node: ## install the readers of Parquet that tests compare with (Node)
	@cd tests/node && npm install --no-save --no-audit --no-fund --silent

build: setup ## build everything and leave the command at artifacts/segpipe
	@dotnet build --no-restore $(DOTNET_FLAGS)
	@dotnet publish src/SegPipeline.Cli --no-build -o artifacts/bin $(DOTNET_FLAGS)
	@printf '#!/bin/sh\nexec dotnet "$$(dirname "$$(readlink -f "$$0")")/bin/segpipe.dll" "$$@"\n' > $(SEGPIPE)
	@chmod +x $(SEGPIPE)

run: build ## make a small dataset and turn it into an evaluation subset
	@$(SEGPIPE) run pipelines/demo-dataset.yaml
	@$(SEGPIPE) run pipelines/demo.yaml
	@$(SEGPIPE) verify releases/demo

test: build ## format check, all tests, the shipped pipelines
	@dotnet format --verify-no-changes --no-restore
	@rm -rf $(TRX)
	@dotnet test --no-build -c $(CONFIGURATION) --nologo --logger trx --results-directory $(TRX)
	@cat $(TRX)/*.trx | grep -o '<UnitTestResult [^>]*FuzzTests\.[^>]*' | sed 's/.* duration="\([^"]*\)".*/\1/' | \
	  awk -F: '{s += $$1 * 3600 + $$2 * 60 + $$3} END {printf "fuzzing took %d s of these tests\n", s}'

format: ## put the sources into the one style
	@dotnet format

docs: build ## write the schema and the stage table anew
	@SEGPIPELINE_REGENERATE=1 dotnet test tests/SegPipeline.Tests --no-build -c $(CONFIGURATION) --nologo -v quiet \
	  --filter Category=Generated

bench: build ## measure a hot path: make bench BENCH=masks (see tests/SegPipeline.Benchmarks/README.md)
	@dotnet run --project tests/SegPipeline.Benchmarks --no-build -c $(CONFIGURATION) -- $(BENCH)

fuzz: build ## ten minutes of changed inputs for all that reads files: make fuzz FUZZ_SECONDS=5 FUZZ_SEED=1
	@echo "seed $(FUZZ_SEED), $(FUZZ_SECONDS) seconds for each target"
	@SEGPIPELINE_FUZZ_SECONDS=$(FUZZ_SECONDS) SEGPIPELINE_FUZZ_SEED=$(FUZZ_SEED) nice dotnet test \
	  tests/SegPipeline.Tests --no-build -c $(CONFIGURATION) --nologo --filter Category=Fuzz \
	  -- xUnit.MaxParallelThreads=1

pack: setup ## the .NET tool and the libraries as packages in artifacts/packages, tried by installing the tool
	@rm -rf $(PACKAGES) && mkdir -p $(PACKAGES)
	@for project in SegPipeline.Masks SegPipeline SegPipeline.Cli; do \
	  SOURCE_DATE_EPOCH=$(COMMIT_TIME) \
	  dotnet pack src/$$project -o $(PACKAGES) $(DOTNET_FLAGS) -p:ContinuousIntegrationBuild=true \
	    --artifacts-path artifacts/pack || exit 1; done
	@rm -rf artifacts/tool && dotnet tool install segpipe --tool-path artifacts/tool --source $(CURDIR)/$(PACKAGES) \
	  --no-http-cache >/dev/null
	@artifacts/tool/segpipe --version && artifacts/tool/segpipe check pipelines/demo.yaml
	@cd $(PACKAGES) && sha256sum *.nupkg *.snupkg

dist: ## an archive for linux-x64 that needs no .NET in artifacts/dist, tried with an empty environment
	@rm -rf artifacts/dist && mkdir -p $(DIST)
	@dotnet publish src/SegPipeline.Cli -r linux-x64 --self-contained -o $(DIST) $(DOTNET_FLAGS) \
	  -p:ContinuousIntegrationBuild=true -p:PublishReadyToRunComposite=true --artifacts-path artifacts/dist-build
	@find $(DIST) -name '*.pdb' -delete
	@cp LICENSE src/SegPipeline.Masks/NOTICE src/SegPipeline.Cli/THIRD-PARTY-NOTICES.txt README.md $(DIST)
	@cp -r pipelines configs docs $(DIST)
	@tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u+w,go-w \
	  -C artifacts/dist -cf - $(notdir $(DIST)) | gzip -n -9 > $(DIST).tar.gz
	@cd artifacts/dist && sha256sum $(notdir $(DIST)).tar.gz | tee $(notdir $(DIST)).tar.gz.sha256
	@rm -rf artifacts/dist/try && mkdir artifacts/dist/try && tar -xzf $(DIST).tar.gz -C artifacts/dist/try
	@cd artifacts/dist/try/* && env -i ./segpipe --version && env -i ./segpipe check pipelines/demo.yaml
	@rm -rf artifacts/dist/try

clean: ## remove everything that was built or made
	@rm -rf artifacts releases TestResults
	@find src tests -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
