# settings.mk - what a user may set, as in `make CC=clang V=1 PREFIX=/usr`.
# Read by the Makefile and by build.mk; everything derived stands in build.mk.

CFLAGS  ?= -O2 -g
LDFLAGS ?=
# SAN=address,undefined or SAN=thread: built apart, below build/san-…
SAN     ?=
# WERROR=1: a warning is an error (CI)
WERROR  ?=
# WITHOUT='readline microhttpd sqlite hiredis strophe': as if these were not
# there
WITHOUT ?=
# V=1: the commands as they are run
V       ?=
# TESTS='fold* api': only these of tests/*_test.c, *_test.sh, example_*.c
TESTS   ?= *

PREFIX     ?= /usr/local
BINDIR     ?= $(PREFIX)/bin
LIBDIR     ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
DATADIR    ?= $(PREFIX)/share
MANDIR     ?= $(DATADIR)/man
DESTDIR    ?=

comma    := ,
BUILDDIR ?= build$(if $(SAN),/san-$(subst $(comma),-,$(SAN)))
B        := $(BUILDDIR)
Q        := $(if $(filter-out 0,$(V)),,@)

VERSION := $(shell sed -n 's/^.define TALK_VERSION "\(.*\)"/\1/p' \
                   include/backtalk.h)
MAJOR   := $(firstword $(subst ., ,$(VERSION)))

ifeq ($(shell uname -s),Darwin)
SO_REAL := libbacktalk.$(VERSION).dylib
SO_NAME := libbacktalk.$(MAJOR).dylib
SO_LINK := libbacktalk.dylib
else
SO_REAL := libbacktalk.so.$(VERSION)
SO_NAME := libbacktalk.so.$(MAJOR)
SO_LINK := libbacktalk.so
endif
