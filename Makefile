# Makefile - every target that a person types; `make help` lists them.
# How things are compiled stands in bot/build/build.mk. It is run as a make of
# its own, after the libraries were looked for, so that `make deps chat` sees
# what `deps` has just installed.

.DEFAULT_GOAL := all
MAKEFLAGS     += --no-builtin-rules --no-print-directory
include bot/build/settings.mk

# One target after the other, also with -j: they share $(B). The make below
# compiles in parallel.
.NOTPARALLEL:
.PHONY: all chat check talks storm negation bench lint format install uninstall deb clean \
        deps help programs FORCE

# All cores, unless the caller has said how many jobs.
CORES := $(shell nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 1)
JOBS   = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(CORES) \
           $(if $(filter output-sync,$(.FEATURES)),-O))

export CC CFLAGS LDFLAGS
PROBE = @sh bot/build/probe.sh config $(B)/config.mk
BUILD = @+$(MAKE) $(JOBS) -f bot/build/build.mk
RUN   = @+$(MAKE) $(if $(Q),--silent) -f bot/build/build.mk

all: ## the library and the program (the default)
	$(PROBE) needed
	$(BUILD) all
	@echo "$(B)/backtalk is ready: make chat"

# Standard output belongs to the answers. At a terminal the program gets a
# process group of its own (set -m), so that its Ctrl-C clears the line and
# does not end make.
chat: ## build, then talk
	$(PROBE) needed
	$(BUILD) all >&2
	@if [ -t 0 ] && [ -t 1 ]; then set -m; echo; fi; $(B)/backtalk chat

check: ## build and run all tests; TESTS='fold* api' only some, SLOW=1 the slow
	$(PROBE) needed check
	$(BUILD) all tests
	$(RUN) run-tests

# Tests of their own kind: `make check` holds 3,000 of these dialogues.
TALKS ?= 1000000
SEED  ?= 1
talks: ## hold a million random dialogues: no rule may break; TALKS=N SEED=N
	$(PROBE) needed check
	$(BUILD) $(B)/tests/dialogues_test
	@$(B)/tests/dialogues_test $(TALKS) $(SEED) $(CORES)

# `make check` holds 2,000 of these turns. KILLS=0 measures.
TURNS ?= 20000
KILLS ?= 40
storm: ## servers that share a store and are killed: TURNS=N KILLS=N
	$(PROBE) needed check
	$(BUILD) all $(B)/tests/storm_test
	@BACKTALK="$(abspath $(B))/backtalk" \
	    $(B)/tests/storm_test $(TURNS) $(KILLS)

negation: ## score polarity on a negation kit: KIT=file.tsv
	$(PROBE) needed check
	$(BUILD) $(B)/tests/negation_kit_test
	@$(B)/tests/negation_kit_test $(KIT_ARGS) $(KIT)

bench: ## build and run the measurements
	$(PROBE) needed
	$(BUILD) all benches
	$(RUN) run-benches

programs: ## build everything, tests and measurements too; run nothing
	$(PROBE) needed check
	$(BUILD) all tests benches

lint: ## clang-tidy, cppcheck, shellcheck, mandoc, layout, house rules
	$(PROBE) needed check lint
	$(BUILD) all
	$(BUILD) -k lint

format: ## lay out all C files as .clang-format says
	$(PROBE) format
	$(RUN) format

install: ## install below PREFIX (/usr/local), DESTDIR before it
	$(PROBE) needed
	$(BUILD) all pc
	$(RUN) install

uninstall: ## remove what install has put there
	$(RUN) uninstall

deb: ## Debian packages of the tree, in build/deb
	@sh bot/build/deb.sh $(B)/deb

clean: ## remove build/
	rm -rf $(B)

deps: ## install what is missing to build and test (apt, dnf, pacman, apk, brew)
	@sh bot/build/deps.sh needed check optional pkg-config

help: ## this list
	@sed -n 's/^\([a-z]*\): ## /\1|/p' Makefile | \
	    awk -F '|' '{ printf "make %-10s %s\n", $$1, $$2 }'
	@echo 'Settings: CC CFLAGS LDFLAGS PREFIX DESTDIR V=1 WERROR=1' \
	      'SAN=address,undefined SAN=thread' \
	      'WITHOUT="readline microhttpd sqlite hiredis strophe"'

# `make build/tests/fold_test` and the like.
$(B)/%: FORCE
	$(PROBE) needed check
	$(BUILD) $@
FORCE:
Makefile bot/build/settings.mk: ;

# Asked for together, deps goes first whatever the order.
ifneq ($(filter deps,$(MAKECMDGOALS)),)
$(filter-out deps clean help,$(MAKECMDGOALS)): | deps
endif
