# bridge.mk - backtalk-xmpp and the tests of its parts.
# In: build.mk, which reads this.  The bridge sees the public header and what
# the program's front shares; only account*.c need libstrophe, so that the
# other parts are built and tested without it, too.

BRIDGE_C      := $(sort $(wildcard bot/bridge/*.c))
BRIDGE_TEST_C := $(sort $(wildcard tests/bridge_*_test.c))
BRIDGE_WALL_C := $(filter bot/bridge/account%.c,$(BRIDGE_C))
SEES_bridge   := bridge front
FLAGS_bridge  := $(POSIX) -pthread $(SEES_bridge:%=-iquote bot/%) \
                 $(call cflags_of,jansson strophe cmocka)

ifeq ($(HAVE_strophe)$(filter strophe,$(WITHOUT)),1)
XMPP := $(B)/backtalk-xmpp
else
BRIDGE_C := $(filter-out $(BRIDGE_WALL_C),$(BRIDGE_C))
endif

BRIDGE_O := $(call object,$(BRIDGE_C) $(filter-out %/main.c,$(FRONT_C)))
BRIDGE_A := $(O)/libbridge.a
$(eval $(call compiles,bridge,$(BRIDGE_C) $(BRIDGE_TEST_C)))

all: $(XMPP)

$(O)/bridge-link.flags: FORCE
	$(call stamp,$(AR) $(LINK) $(BRIDGE_O) $(LIBS) $(LIBS_strophe))

# Without the two main.c: of the rest, what is named is linked.
$(BRIDGE_A): $(BRIDGE_O) $(O)/bridge-link.flags
	@rm -f $@
	$(Q)$(AR) qcs $@ $(filter-out %/bridge/main.o,$(BRIDGE_O))

$(B)/backtalk-xmpp: $(BRIDGE_A) $(A) $(O)/bridge-link.flags
	$(if $(Q),@echo "  LD    $@")
	$(Q)$(LINK) -pthread -o $@ $(O)/bot/bridge/main.o $(BRIDGE_A) $(A) \
	    $(LIBS) $(LIBS_strophe)
