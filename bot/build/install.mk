# install.mk - what goes where. In: the files that `all` and `pc` have built.

# Paths below PREFIX are written as such, so that pkg-config can move them.
below_prefix = $(patsubst $(PREFIX)/%,$${prefix}/%,$(1))
pc: $(B)/backtalk.pc
	@:
$(O)/pc.flags: FORCE
	$(call stamp,$(PREFIX) $(LIBDIR) $(INCLUDEDIR) $(VERSION))
$(B)/backtalk.pc: bot/engine/backtalk.pc.in $(O)/pc.flags
	$(Q)sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' \
	    -e 's|@LIBDIR@|$(call below_prefix,$(LIBDIR))|' \
	    -e 's|@INCLUDEDIR@|$(call below_prefix,$(INCLUDEDIR))|' $< >$@

PACK_DIR := $(DATADIR)/backtalk/pack
BASH_DIR := $(DATADIR)/bash-completion/completions
ZSH_DIR  := $(DATADIR)/zsh/site-functions

# The old pack goes first: a rule file that was renamed must not stay behind.
install:
	set -eu; \
	put() { install -d "$(DESTDIR)$${3%/*}"; \
	        install -m "$$1" "$$2" "$(DESTDIR)$$3"; \
	        echo "  PUT   $(DESTDIR)$$3"; }; \
	put 755 $(B)/backtalk "$(BINDIR)/backtalk"; \
	for bridge in $(XMPP); do \
	    put 755 "$$bridge" "$(BINDIR)/backtalk-xmpp"; \
	    put 644 bot/bridge/backtalk-xmpp.1 \
	        "$(MANDIR)/man1/backtalk-xmpp.1"; \
	    put 644 bot/bridge/completions/backtalk-xmpp.bash \
	        "$(BASH_DIR)/backtalk-xmpp"; \
	    put 644 bot/bridge/completions/_backtalk-xmpp \
	        "$(ZSH_DIR)/_backtalk-xmpp"; done; \
	put 644 include/backtalk.h "$(INCLUDEDIR)/backtalk.h"; \
	put 644 $(A) "$(LIBDIR)/libbacktalk.a"; \
	put 755 $(SO) "$(LIBDIR)/$(SO_REAL)"; \
	ln -sf $(SO_REAL) "$(DESTDIR)$(LIBDIR)/$(SO_NAME)"; \
	ln -sf $(SO_NAME) "$(DESTDIR)$(LIBDIR)/$(SO_LINK)"; \
	put 644 $(B)/backtalk.pc "$(LIBDIR)/pkgconfig/backtalk.pc"; \
	put 644 bot/front/backtalk.1 "$(MANDIR)/man1/backtalk.1"; \
	put 644 bot/bridge/backtalk-recipes.7 \
	    "$(MANDIR)/man7/backtalk-recipes.7"; \
	put 644 bot/pack/backtalk-pack.5 "$(MANDIR)/man5/backtalk-pack.5"; \
	put 644 bot/front/completions/backtalk.bash "$(BASH_DIR)/backtalk"; \
	put 644 bot/front/completions/_backtalk "$(ZSH_DIR)/_backtalk"; \
	rm -rf "$(DESTDIR)$(PACK_DIR)"; \
	for file in $$(find intents responses -type f ! -name '.*' | sort); \
	do put 644 "$$file" "$(PACK_DIR)/$$file" >/dev/null; done; \
	echo "  PUT   $(DESTDIR)$(PACK_DIR)/"; \
	if [ -z "$(DESTDIR)" ] && [ "$$(id -u)" = 0 ]; then \
	    ldconfig 2>/dev/null || :; fi

uninstall:
	rm -f "$(DESTDIR)$(BINDIR)/backtalk" \
	    "$(DESTDIR)$(INCLUDEDIR)/backtalk.h" \
	    "$(DESTDIR)$(LIBDIR)/libbacktalk.a" \
	    "$(DESTDIR)$(LIBDIR)/$(SO_REAL)" \
	    "$(DESTDIR)$(LIBDIR)/$(SO_NAME)" "$(DESTDIR)$(LIBDIR)/$(SO_LINK)" \
	    "$(DESTDIR)$(LIBDIR)/pkgconfig/backtalk.pc" \
	    "$(DESTDIR)$(BINDIR)/backtalk-xmpp" \
	    "$(DESTDIR)$(MANDIR)/man1/backtalk-xmpp.1" \
	    "$(DESTDIR)$(BASH_DIR)/backtalk-xmpp" \
	    "$(DESTDIR)$(ZSH_DIR)/_backtalk-xmpp" \
	    "$(DESTDIR)$(MANDIR)/man1/backtalk.1" \
	    "$(DESTDIR)$(MANDIR)/man7/backtalk-recipes.7" \
	    "$(DESTDIR)$(MANDIR)/man5/backtalk-pack.5" \
	    "$(DESTDIR)$(BASH_DIR)/backtalk" "$(DESTDIR)$(ZSH_DIR)/_backtalk"
	rm -rf "$(DESTDIR)$(PACK_DIR)"
	for folder in "$(dir $(PACK_DIR))" "$(LIBDIR)/pkgconfig" \
	    "$(MANDIR)/man1" "$(MANDIR)/man5" "$(MANDIR)/man7" "$(BASH_DIR)" \
	    "$(dir $(BASH_DIR))" \
	    "$(ZSH_DIR)" "$(dir $(ZSH_DIR))"; do \
	    rmdir "$(DESTDIR)$$folder" 2>/dev/null || :; done
