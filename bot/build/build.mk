# build.mk - how everything is compiled, linked, run and installed.
# In: settings.mk, and $(B)/config.mk, which probe.sh has just written.
# Run by the Makefile from the top of the tree; not meant to be typed.

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: all tests benches run-tests run-benches lint format pc install \
        uninstall FORCE
MAKEFLAGS += --no-builtin-rules
include bot/build/settings.mk
-include $(B)/config.mk

# ---- Floors: what each folder sees ------------------------------------------
# Only these folders are searched for "name.h", so that an include that goes
# up does not compile. -iquote, so that <error.h> is never ours.

FLOORS          := base text pack session understand decide reply engine
STAGE_SEES      := base text pack session
SEES_base       := base
SEES_text       := base text
SEES_pack       := base text pack
SEES_session    := base text pack session
SEES_understand := $(STAGE_SEES) understand
SEES_decide     := $(STAGE_SEES) decide
SEES_reply      := $(STAGE_SEES) reply
SEES_engine     := $(FLOORS)
# What is checked of a pack without a user: part of the program and the tests,
# not of the library. The program sees its check.h and proof.h.
SEES_check      := $(FLOORS) check
SEES_front      := base check front

# ---- Flags ------------------------------------------------------------------

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wundef -Wvla
WARNINGS += $(if $(filter-out 0,$(WERROR)),-Werror)
SANFLAGS := $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all \
                        -fno-omit-frame-pointer)
COMPILE   = $(CC) -std=c11 $(WARNINGS) $(CFLAGS) $(SANFLAGS) $(CPPFLAGS) \
            -Iinclude
LINK      = $(CC) $(CFLAGS) $(SANFLAGS) $(LDFLAGS)

POSIX     := -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700
LIBRARY   := jansson pcre2 utf8proc yaml
cflags_of  = $(patsubst -I%,-isystem %,$(foreach l,$(1),$(CFLAGS_$(l))))
libs_of    = $(foreach l,$(1),$(LIBS_$(l)))
LIBS       = $(call libs_of,$(LIBRARY)) -lm

$(foreach f,$(FLOORS) check,$(eval FLAGS_$(f) := -fPIC -fvisibility=hidden \
    $(SEES_$(f):%=-iquote bot/%) $(call cflags_of,$(LIBRARY))))
FLAGS_front   := $(POSIX) -pthread $(SEES_front:%=-iquote bot/%) \
                 $(call cflags_of,jansson) -DBACKTALK_DATADIR='"$(DATADIR)"'
FLAGS_tests   := $(POSIX) -pthread $(SEES_check:%=-iquote bot/%) \
                 -iquote bot/front \
                 $(call cflags_of,cmocka $(LIBRARY))
FLAGS_public  := $(POSIX) -pthread $(call cflags_of,cmocka jansson)
FLAGS_example := -pthread

# Flags for one file, and the libraries that it brings to the program.
# readline's own feature macros (-D_XOPEN_SOURCE=600) are not ours.
ifeq ($(HAVE_readline)$(filter readline,$(WITHOUT)),1)
FLAGS_bot/front/line_input.c := -DHAVE_READLINE=1 \
    $(filter-out -D_%,$(call cflags_of,readline))
LIBS_front := $(call libs_of,readline)
endif

ifeq ($(HAVE_microhttpd)$(filter microhttpd,$(WITHOUT)),1)
FLAGS_bot/front/http_server.c := -DHAVE_MICROHTTPD=1 \
    $(call cflags_of,microhttpd)
LIBS_front += $(call libs_of,microhttpd)
endif
ifeq ($(HAVE_sqlite)$(filter sqlite,$(WITHOUT)),1)
FLAGS_bot/front/store_sqlite.c := -DHAVE_SQLITE=1 $(call cflags_of,sqlite)
LIBS_front += $(call libs_of,sqlite)
endif
ifeq ($(HAVE_hiredis)$(filter hiredis,$(WITHOUT)),1)
FLAGS_bot/front/redis_pipe.c  := -DHAVE_HIREDIS=1 \
    $(filter-out -D_%,$(call cflags_of,hiredis))
FLAGS_bot/front/store_redis.c := -DHAVE_HIREDIS=1
LIBS_front += $(call libs_of,hiredis)
endif
# madvise; without -std=c11's strictness it would be there anyway.
FLAGS_bot/base/pages.c := -D_DEFAULT_SOURCE
FLAGS_bot/front/http_page.c := -iquote $(B)/obj

# ---- Files ------------------------------------------------------------------

O          := $(B)/obj
object      = $(patsubst %.c,$(O)/%.o,$(1))
LIB_C      := $(sort $(wildcard $(FLOORS:%=bot/%/*.c)))
CHECK_C    := $(sort $(wildcard bot/check/*.c))
FRONT_C    := $(sort $(wildcard bot/front/*.c))
# Tests by kind; what is left over in tests/ is shared by all of them.
ALL_TEST_C := $(sort $(wildcard tests/*.c))
PUBLIC_C   := $(filter tests/api_%,$(filter %_test.c,$(ALL_TEST_C)))
EXAMPLE_C  := $(filter tests/example_%.c,$(ALL_TEST_C))
BENCH_C    := $(filter tests/bench_%.c,$(ALL_TEST_C))
UNIT_C     := $(filter-out $(PUBLIC_C) tests/bridge_%,\
                           $(filter %_test.c,$(ALL_TEST_C)))
SHARED_C   := $(filter-out %_test.c $(EXAMPLE_C) $(BENCH_C),$(ALL_TEST_C))
chosen      = $(filter $(wildcard $(foreach t,$(TESTS),\
                tests/$(t)_test.c tests/$(t).c tests/$(t)_test.sh tests/$(t).sh\
              )),$(1))
program     = $(patsubst tests/%.c,$(B)/tests/%,$(1))

LIB_O   := $(call object,$(LIB_C))
CHECK_O := $(call object,$(CHECK_C))
FRONT_O := $(call object,$(FRONT_C))
A       := $(B)/libbacktalk.a
CHECK_A := $(B)/libcheck.a
SO      := $(B)/$(SO_REAL)

all: $(A) $(SO) $(if $(FRONT_C),$(B)/backtalk)
	@:

# ---- Compiling --------------------------------------------------------------

# $(call stamp,TEXT): a recipe that rewrites its target when TEXT is new;
# what depends on the target is then made again.
quoted = '$(subst ','\'',$(1))'
stamp  = @mkdir -p $(@D); printf '%s\n' $(call quoted,$(1)) >$@.new; \
         if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# $(call compiles,KIND,FILES)
define compiles
$(call object,$(2)): $(O)/%.o: %.c $(O)/$(1).flags
	$$(if $(Q),@echo "  CC    $$<")
	@mkdir -p $$(@D)
	$(Q)$$(COMPILE) $$(FLAGS_$(1)) $$(FLAGS_$$<) -MMD -MP -c $$< -o $$@
$(O)/$(1).flags: FORCE
	$$(call stamp,$$(strip $$(COMPILE) $$(FLAGS_$(1)) \
	    $$(foreach f,$(2),$$(FLAGS_$$f))))
-include $(patsubst %.o,%.d,$(call object,$(2)))
endef
$(foreach f,$(FLOORS),$(eval $(call compiles,$(f),$(filter bot/$(f)/%,\
    $(LIB_C)))))
$(eval $(call compiles,check,$(CHECK_C)))
$(eval $(call compiles,front,$(FRONT_C)))
$(eval $(call compiles,tests,$(UNIT_C) $(BENCH_C) $(SHARED_C)))
$(eval $(call compiles,public,$(PUBLIC_C)))
$(eval $(call compiles,example,$(EXAMPLE_C)))

include bot/bridge/bridge.mk

# The chat page, and the style of the report's page, as strings of C.
FLAGS_bot/check/page.c := -iquote $(O)
$(call object,bot/front/http_page.c): $(O)/page.inc
$(call object,bot/check/page.c): $(O)/style.inc
$(O)/page.inc: bot/front/page.html
$(O)/style.inc: bot/check/page.css
$(O)/page.inc $(O)/style.inc:
	@mkdir -p $(@D)
	$(Q)sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$$/\\n"/' \
	    $< >$@

# ---- Linking ----------------------------------------------------------------

ifeq ($(SO_LINK),libbacktalk.dylib)
SO_FLAGS = -dynamiclib -install_name $(LIBDIR)/$(SO_NAME)
else
SO_FLAGS = -shared -Wl,-soname,$(SO_NAME) -Wl,--as-needed \
           $(if $(SAN),,-Wl,-z,defs)
endif

# The list of objects stands in the stamp: a source that is gone counts too.
$(O)/library.flags: FORCE
	$(call stamp,$(AR) $(LINK) $(SO_FLAGS) $(LIB_O) $(LIBS))
$(O)/program.flags: FORCE
	$(call stamp,$(LINK) $(FRONT_O) $(CHECK_O) $(LIBS) $(LIBS_front))
$(O)/test-link.flags: FORCE
	$(call stamp,$(LINK) $(SHARED_C) $(LIBS) $(LIBS_cmocka))

$(A): $(LIB_O) $(O)/library.flags
	$(if $(Q),@echo "  AR    $@")
	@rm -f $@
	$(Q)$(AR) qcs $@ $(LIB_O)

$(SO): $(LIB_O) $(O)/library.flags
	$(if $(Q),@echo "  LD    $@")
	$(Q)$(LINK) $(SO_FLAGS) -o $@ $(LIB_O) $(LIBS)
	@ln -sf $(SO_REAL) $(B)/$(SO_NAME); ln -sf $(SO_NAME) $(B)/$(SO_LINK)

$(CHECK_A): $(CHECK_O) $(O)/program.flags
	@mkdir -p $(@D); rm -f $@
	$(Q)$(AR) qcs $@ $(CHECK_O)

$(B)/backtalk: $(FRONT_O) $(CHECK_A) $(A) $(O)/program.flags
	$(if $(Q),@echo "  LD    $@")
	$(Q)$(LINK) -pthread -o $@ $(FRONT_O) $(CHECK_A) $(A) $(LIBS) \
	    $(LIBS_front)

# ---- Tests and measurements -------------------------------------------------

# What of the program the tests call by itself.
FRONT_T   := $(patsubst %,$(O)/bot/front/%.o,batch json_door json_out lanes \
               rate store_url utf8)
SHARED_A  := $(if $(SHARED_C),$(B)/tests/libshared.a)
TEST_BINS := $(call program,$(call chosen,$(UNIT_C) $(BRIDGE_TEST_C) \
                            $(PUBLIC_C) $(EXAMPLE_C)))
SCRIPTS   := $(call chosen,$(sort $(wildcard tests/*_test.sh)))

tests: $(TEST_BINS) $(call program,$(EXAMPLE_C))
	@:
benches: $(call program,$(BENCH_C))
	@:

$(SHARED_A): $(call object,$(SHARED_C)) $(O)/test-link.flags
	@mkdir -p $(@D); rm -f $@
	$(Q)$(AR) qcs $@ $(call object,$(SHARED_C))

# $(call links,FILES,LIBRARIES)
define links
$(call program,$(1)): $(B)/tests/%: $(O)/tests/%.o $(SHARED_A) $(CHECK_A) \
                                    $(A) $(SO) $(O)/test-link.flags
	$$(if $(Q),@echo "  LD    $$@")
	@mkdir -p $$(@D)
	$(Q)$$(LINK) -pthread -o $$@ $$< $(2)
endef
$(eval $(call links,$(UNIT_C),$(FRONT_T) $(SHARED_A) $(CHECK_A) $(A) \
    $$(LIBS_cmocka) $$(LIBS)))
$(call program,$(UNIT_C)): $(FRONT_T)
$(eval $(call links,$(BENCH_C),$(SHARED_A) $(A) $$(LIBS)))
$(eval $(call links,$(BRIDGE_TEST_C),$(BRIDGE_A) $(A) $$(LIBS_cmocka) \
    $$(LIBS) $(if $(XMPP),$$(LIBS_strophe))))
$(call program,$(BRIDGE_TEST_C)): $(BRIDGE_A)
# These are linked as a host would: to the shared library.
AS_A_HOST := -L$(B) -lbacktalk '-Wl$(comma)-rpath$(comma)$(abspath $(B))'
$(eval $(call links,$(PUBLIC_C),\
    $(SHARED_A) $(AS_A_HOST) $$(LIBS_cmocka) $$(LIBS_jansson)))
$(eval $(call links,$(EXAMPLE_C),$(AS_A_HOST)))

run-tests:
	BACKTALK="$(abspath $(B))/backtalk" BACKTALK_BUILD="$(abspath $(B))" \
	    sh bot/build/check.sh $(TEST_BINS) $(SCRIPTS)

run-benches:
	for bench in $(call program,$(BENCH_C)); do \
	    echo "-- $${bench##*/}"; \
	    "$$bench" $(BENCH_ARGS) </dev/null || exit 1; done

# ---- Lint and layout --------------------------------------------------------

HEADERS := $(sort $(wildcard include/*.h bot/*/*.h tests/*.h))
ALL_C   := $(LIB_C) $(CHECK_C) $(FRONT_C) $(BRIDGE_C) $(ALL_TEST_C)

format:
	clang-format -i $(ALL_C) $(HEADERS)

SCRIPTS_ALL := .ci/run $(wildcard bot/build/*.sh tests/*.sh) \
               $(wildcard bot/*/completions/*.bash)
MANUALS     := bot/front/backtalk.1 $(wildcard bot/bridge/*.[17]) \
               bot/pack/backtalk-pack.5

lint: lint-layout lint-house lint-scripts lint-manuals lint-cppcheck \
      $(ALL_C:%=$(B)/lint/%.ok)
	@:
.PHONY: lint-layout lint-house lint-scripts lint-manuals lint-cppcheck
lint-layout:
	@echo "  LINT  layout (make format mends it)"
	$(Q)clang-format --dry-run -Werror $(ALL_C) $(HEADERS)
lint-house:
	@echo "  LINT  house rules"
	$(Q)sh bot/build/house.sh $(A) $(SO)
lint-scripts:
	@echo "  LINT  shell scripts"
	$(Q)shellcheck $(SCRIPTS_ALL)
lint-manuals:
	@echo "  LINT  manual pages"
	$(Q)mandoc -Tlint -W warning $(MANUALS)
lint-cppcheck:
	@echo "  LINT  cppcheck"
	$(Q)cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr \
	    --enable=warning,performance,portability --library=posix \
	    --suppress=missingIncludeSystem --suppress=readdirCalled -Iinclude \
	    -I$(O) $(SEES_check:%=-Ibot/%) $(LIB_C) $(CHECK_C) $(FRONT_C) \
	    $(BRIDGE_C)

# $(call tidies,KIND,FILES,MORE CHECKS); cmocka's assertions return, as far as
# the analyzer knows, so that it is of no use on tests; and those say what
# runs from right to left on purpose.
TEST_CHECKS := --checks=-clang-analyzer-*,-misc-misleading-bidirectional
define tidies
$(2:%=$(B)/lint/%.ok): $(B)/lint/%.ok: % $(HEADERS) .clang-tidy
	$$(if $(Q),@echo "  TIDY  $$<")
	@mkdir -p $$(@D)
	$(Q)clang-tidy --quiet $(3) $$< -- -std=c11 -Iinclude \
	    $$(FLAGS_$(1)) $$(FLAGS_$$<) 2>$$@.err || \
	    { grep -v 'warnings\? generated' $$@.err >&2; exit 1; }
	@touch $$@
endef
$(foreach f,$(FLOORS),$(eval $(call tidies,$(f),$(filter bot/$(f)/%,\
    $(LIB_C)))))
$(eval $(call tidies,check,$(CHECK_C)))
$(eval $(call tidies,front,$(FRONT_C)))
$(eval $(call tidies,bridge,$(BRIDGE_C)))
$(eval $(call tidies,bridge,$(BRIDGE_TEST_C),$$(TEST_CHECKS)))
$(eval $(call tidies,tests,$(UNIT_C) $(BENCH_C) $(SHARED_C),\
    $$(TEST_CHECKS)))
$(eval $(call tidies,public,$(PUBLIC_C),$$(TEST_CHECKS)))
$(eval $(call tidies,example,$(EXAMPLE_C)))

# ---- Installing -------------------------------------------------------------

include bot/build/install.mk
FORCE:
Makefile $(wildcard bot/build/*.mk) $(B)/config.mk: ;
