/* store_sqlite.c - conversations in a file: the wall round SQLite.
 * In: names.  Out: sessions.  A turn is on the disk when its commit returns;
 * turns that come at the same time share one write. Other servers may use the
 * same file: a commit counts only on the version that was loaded. */
#include "posix.h"

#include "store.h"

#ifdef HAVE_SQLITE

#include "batch.h"
#include "json_door.h"
#include "server_log.h"
#include "store_lent.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    /* "back": SQLite keeps it in the head of the file. */
    APPLICATION_ID = 0x6261636B,
    VERSION = 1,
    BUSY_MS = 2000 /* to wait for another program */
};

/* A commit that waits for the disk. */
struct pending {
    struct batch_item item; /* first */
    const struct lent *lent;
    const char *saved;
    size_t length;
    int64_t now;
    enum store_result result;
};

struct sqlite_store {
    struct store store; /* first */
    size_t most;
    FILE *log;
    struct lanes lanes;
    struct batch batch; /* of commits */
    atomic_size_t count;
    atomic_uint_fast64_t numbers;

    pthread_mutex_t read_lock;
    sqlite3 *reading;
    sqlite3_stmt *select;

    pthread_mutex_t write_lock;
    sqlite3 *writing;
    sqlite3_stmt *begin, *commit, *rollback, *insert, *update, *forget,
        *expire, *counting;
};

static struct sqlite_store *own(struct store *store)
{
    return (struct sqlite_store *)store;
}

/* ---- What goes wrong ---- */

/* What to do, to be put behind SQLite's own words. */
static const struct advice_row {
    int code;
    const char *text;
} advices[] = {
    {SQLITE_NOTADB, "; name another file"},
    {SQLITE_CORRUPT, "; move it away, and sqlite3's .recover may save the "
                     "rest"},
    {SQLITE_READONLY, "; the file and its folder must be writable"},
    {SQLITE_CANTOPEN, "; the folder must be there and be writable"},
    {SQLITE_BUSY, "; another program has it open and writes"},
    {SQLITE_FULL, "; make room, or lower --sessions or --expire"},
    {SQLITE_IOERR, "; is the disk full or broken?"},
};

static const char *advice(sqlite3 *db)
{
    int code = db ? sqlite3_errcode(db) & 0xFF : SQLITE_OK;
    for (size_t i = 0; i < sizeof advices / sizeof *advices; i++) {
        if (advices[i].code == code) return advices[i].text;
    }
    return "";
}

static enum store_result tell(const struct sqlite_store *all, sqlite3 *db)
{
    char text[512];
    if (sqlite3_errcode(db) == SQLITE_NOMEM) return STORE_NOMEM;
    (void)snprintf(text, sizeof text, "%s%s", sqlite3_errmsg(db), advice(db));
    server_log(all->log, "store_failed", json_pack("{s:s}", "message", text));
    return STORE_AWAY;
}

/* ---- Reading ---- */

/* A text column, copied. */
static char *copy_column(sqlite3_stmt *row, int column, size_t *length)
{
    const void *text = sqlite3_column_blob(row, column);
    *length = (size_t)sqlite3_column_bytes(row, column);
    char *copy = malloc(*length + 1);
    if (copy && *length) memcpy(copy, text, *length);
    return copy;
}

/* *saved is NULL when the conversation is new. */
static enum store_result read_row(struct sqlite_store *all, struct lent *lent,
                                  char **saved, size_t *length)
{
    enum store_result result = STORE_OK;
    *saved = NULL;
    pthread_mutex_lock(&all->read_lock);
    sqlite3_bind_text(all->select, 1, lent->name, -1, SQLITE_STATIC);
    switch (sqlite3_step(all->select)) {
    case SQLITE_ROW:
        lent->number = (uint64_t)sqlite3_column_int64(all->select, 0);
        lent->version = (uint64_t)sqlite3_column_int64(all->select, 1);
        *saved = copy_column(all->select, 2, length);
        if (!*saved) result = STORE_NOMEM;
        break;
    case SQLITE_DONE: break;
    default: result = tell(all, all->reading); break;
    }
    sqlite3_reset(all->select);
    pthread_mutex_unlock(&all->read_lock);
    return result;
}

static enum store_result open_lent(struct sqlite_store *all,
                                   const talk_bot *bot, struct loan *loan)
{
    struct lent *lent = loan->place;
    char *saved;
    size_t length = 0;
    enum store_result result = read_row(all, lent, &saved, &length);
    if (result == STORE_OK && !saved) {
        if (atomic_load(&all->count) >= all->most) return STORE_FULL;
        lent->number = atomic_fetch_add(&all->numbers, 1) + 1;
    }
    if (result == STORE_OK) result = lent_open(loan, bot, saved, length);
    free(saved);
    return result;
}

static enum store_result sqlite_load(struct store *store, const char *name,
                                     const talk_bot *bot, int64_t now,
                                     struct loan *loan)
{
    struct sqlite_store *all = own(store);
    (void)now;
    enum store_result result = lent_begin(&all->lanes, name, loan);
    if (result != STORE_OK) return result;
    result = open_lent(all, bot, loan);
    if (result != STORE_OK) lent_end(loan);
    return result;
}

static void sqlite_release(struct store *store, struct loan *loan)
{
    (void)store;
    lent_end(loan);
}

/* ---- Writing ---- */

static bool step(sqlite3_stmt *statement)
{
    bool fine = sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_reset(statement);
    return fine;
}

/* false: the whole write is to be taken back. */
static bool write_one(struct sqlite_store *all, struct pending *pending)
{
    const struct lent *lent = pending->lent;
    sqlite3_stmt *statement = lent->version ? all->update : all->insert;
    sqlite3_bind_text(statement, 1, lent->name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, (sqlite3_int64)lent->number);
    sqlite3_bind_int64(statement, 3, (sqlite3_int64)lent->version);
    sqlite3_bind_int64(statement, 4, pending->now);
    sqlite3_bind_text(statement, 5, pending->saved, (int)pending->length,
                      SQLITE_STATIC);
    bool fine = step(statement);
    bool written = sqlite3_changes(all->writing) == 1;
    pending->result = written ? STORE_OK : STORE_CHANGED;
    return fine;
}

/* A batch's work: all of it is one write. */
static void write_all(void *payload, struct batch_item *first)
{
    struct sqlite_store *all = payload;
    enum store_result failure = STORE_OK;
    size_t begun = 0;
    pthread_mutex_lock(&all->write_lock);
    bool fine = step(all->begin);
    for (struct batch_item *at = first; at && fine; at = at->next) {
        struct pending *pending = (struct pending *)at;
        fine = write_one(all, pending);
        if (pending->result == STORE_OK && !pending->lent->version) begun++;
    }
    fine = fine && step(all->commit);
    if (!fine) {
        failure = tell(all, all->writing);
        if (!sqlite3_get_autocommit(all->writing)) step(all->rollback);
    }
    pthread_mutex_unlock(&all->write_lock);
    if (fine) {
        atomic_fetch_add(&all->count, begun);
        return;
    }
    for (struct batch_item *at = first; at; at = at->next) {
        ((struct pending *)at)->result = failure;
    }
}

static enum store_result sqlite_commit(struct store *store, struct loan *loan,
                                       int64_t now)
{
    struct sqlite_store *all = own(store);
    struct pending pending = {.lent = loan->place, .now = now};
    char *saved = json_door_saved(loan->session, &pending.length);
    pending.saved = saved;
    pending.result = STORE_NOMEM;
    if (saved) batch_do(&all->batch, &pending.item);
    free(saved);
    lent_end(loan);
    return pending.result;
}

/* ---- Forgetting ---- */

/* What was deleted must not stay in the log that SQLite writes ahead. */
static void wipe(struct sqlite_store *all)
{
    sqlite3_wal_checkpoint_v2(all->writing, NULL, SQLITE_CHECKPOINT_TRUNCATE,
                              NULL, NULL);
}

/* Runs a statement that deletes; the write lock is held. */
static enum store_result delete_rows(struct sqlite_store *all,
                                     sqlite3_stmt *statement, size_t *gone)
{
    *gone = 0;
    if (!step(statement)) return tell(all, all->writing);
    *gone = (size_t)sqlite3_changes(all->writing);
    if (*gone) wipe(all);
    /* Another server may have begun and forgotten conversations, too. */
    if (sqlite3_step(all->counting) == SQLITE_ROW) {
        atomic_store(&all->count,
                     (size_t)sqlite3_column_int64(all->counting, 0));
    }
    sqlite3_reset(all->counting);
    return STORE_OK;
}

static enum store_result sqlite_forget(struct store *store, const char *name)
{
    struct sqlite_store *all = own(store);
    size_t gone;
    struct lane *lane = lanes_enter(&all->lanes, name);
    pthread_mutex_lock(&all->write_lock);
    sqlite3_bind_text(all->forget, 1, name, -1, SQLITE_STATIC);
    enum store_result result = delete_rows(all, all->forget, &gone);
    pthread_mutex_unlock(&all->write_lock);
    lanes_leave(lane);
    return result;
}

static size_t sqlite_expire(struct store *store, int64_t before)
{
    struct sqlite_store *all = own(store);
    size_t gone;
    pthread_mutex_lock(&all->write_lock);
    sqlite3_bind_int64(all->expire, 1, before);
    (void)delete_rows(all, all->expire, &gone);
    pthread_mutex_unlock(&all->write_lock);
    return gone;
}

static size_t sqlite_count(struct store *store)
{
    return atomic_load(&own(store)->count);
}

/* ---- Opening and closing ---- */

static void sqlite_free(struct store *store)
{
    struct sqlite_store *all = own(store);
    sqlite3_stmt *const statements[] = {
        all->select, all->begin,  all->commit, all->rollback, all->insert,
        all->update, all->forget, all->expire, all->counting};
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        sqlite3_finalize(statements[i]);
    }
    sqlite3_close(all->reading);
    sqlite3_close(all->writing);
    lanes_clear(&all->lanes);
    batch_clear(&all->batch);
    pthread_mutex_destroy(&all->write_lock);
    pthread_mutex_destroy(&all->read_lock);
    free(all);
}

static const struct store_kind sqlite_kind = {
    .waits = true,
    .load = sqlite_load,
    .commit = sqlite_commit,
    .release = sqlite_release,
    .forget = sqlite_forget,
    .expire = sqlite_expire,
    .count = sqlite_count,
    .free = sqlite_free,
};

static struct sqlite_store *store_new(const struct store_options *options)
{
    struct sqlite_store *all = calloc(1, sizeof *all);
    if (!all) return NULL;
    all->store.kind = &sqlite_kind;
    all->most = options->most;
    all->log = options->log;
    lanes_init(&all->lanes);
    batch_init(&all->batch, write_all, all);
    pthread_mutex_init(&all->read_lock, NULL);
    pthread_mutex_init(&all->write_lock, NULL);
    return all;
}

/* Only its owner may read it; SQLite makes its other files alike. */
static bool make_private(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return false;
    close(file);
    return true;
}

/* The one number that a statement answers with; -1: it fails. */
static int64_t ask_number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int64_t number = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        number = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return number;
}

static bool run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* NULL, or why the file is none of ours. */
static const char *stranger(sqlite3 *db)
{
    int64_t id = ask_number(db, "PRAGMA application_id");
    int64_t version = ask_number(db, "PRAGMA user_version");
    int64_t tables = ask_number(db, "SELECT count(*) FROM sqlite_schema");
    if (id < 0 || version < 0 || tables < 0) return sqlite3_errmsg(db);
    if (id == 0 && version == 0 && tables == 0) return NULL;
    if (id != APPLICATION_ID) return "a database of another program";
    if (version > VERSION) return "written by a newer backtalk";
    return NULL;
}

static bool prepare(sqlite3 *db, sqlite3_stmt **out, const char *sql)
{
    return sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, out,
                              NULL) == SQLITE_OK;
}

static bool prepare_all(struct sqlite_store *all)
{
    sqlite3 *db = all->writing;
    return prepare(
               all->reading, &all->select,
               "SELECT number, version, saved FROM session WHERE name=?") &&
           prepare(db, &all->begin, "BEGIN IMMEDIATE") &&
           prepare(db, &all->commit, "COMMIT") &&
           prepare(db, &all->rollback, "ROLLBACK") &&
           prepare(db, &all->insert,
                   "INSERT INTO session VALUES (?1, ?2, ?3 + 1, ?4, ?5) "
                   "ON CONFLICT DO NOTHING") &&
           prepare(db, &all->update,
                   "UPDATE session SET version=?3 + 1, seen=?4, saved=?5 "
                   "WHERE name=?1 AND number=?2 AND version=?3") &&
           prepare(db, &all->forget, "DELETE FROM session WHERE name=?") &&
           prepare(db, &all->expire, "DELETE FROM session WHERE seen<?") &&
           prepare(db, &all->counting, "SELECT count(*) FROM session");
}

static bool create(sqlite3 *db)
{
    char head[128];
    (void)snprintf(head, sizeof head,
                   "PRAGMA application_id=%d; PRAGMA user_version=%d",
                   APPLICATION_ID, VERSION);
    return run(db, "PRAGMA journal_mode=WAL") &&
           run(db, "PRAGMA synchronous=FULL") &&
           run(db, "PRAGMA secure_delete=ON") && run(db, "BEGIN IMMEDIATE") &&
           run(db, head) &&
           run(db, "CREATE TABLE IF NOT EXISTS session ("
                   "name TEXT PRIMARY KEY, number INTEGER NOT NULL, "
                   "version INTEGER NOT NULL, seen INTEGER NOT NULL, "
                   "saved TEXT NOT NULL) WITHOUT ROWID") &&
           run(db, "CREATE INDEX IF NOT EXISTS session_seen "
                   "ON session (seen)") &&
           run(db, "COMMIT");
}

static bool open_both(struct sqlite_store *all, const char *path,
                      const char **why)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    bool fine = sqlite3_open_v2(path, &all->writing, flags, NULL) == SQLITE_OK;
    sqlite3_busy_timeout(all->writing, BUSY_MS);
    *why = fine ? stranger(all->writing) : sqlite3_errmsg(all->writing);
    if (*why) return false;
    *why = sqlite3_errmsg(all->writing);
    if (!create(all->writing)) {
        *why = sqlite3_errmsg(all->writing);
        return false;
    }
    fine = sqlite3_open_v2(path, &all->reading, flags, NULL) == SQLITE_OK;
    sqlite3_busy_timeout(all->reading, BUSY_MS);
    *why = sqlite3_errmsg(fine ? all->writing : all->reading);
    return fine && prepare_all(all);
}

bool store_sqlite_is_there(void)
{
    return true;
}

struct store *store_sqlite_new(const struct store_options *options)
{
    const char *path = options->where, *why = NULL;
    struct sqlite_store *all = store_new(options);
    if (!all) {
        fputs("backtalk: no memory\n", stderr);
        return NULL;
    }
    if (!make_private(path)) {
        why = strerror(errno);
    } else if (open_both(all, path, &why)) {
        int64_t count =
            ask_number(all->writing, "SELECT count(*) FROM session");
        int64_t number = ask_number(
            all->writing, "SELECT coalesce(max(number), 0) FROM session");
        atomic_store(&all->count, count > 0 ? (size_t)count : 0);
        atomic_store(&all->numbers, number > 0 ? (uint64_t)number : 0);
        return &all->store;
    }
    fprintf(stderr, "backtalk: %s: %s%s\n", path, why, advice(all->writing));
    sqlite_free(&all->store);
    return NULL;
}

#else

bool store_sqlite_is_there(void)
{
    return false;
}

struct store *store_sqlite_new(const struct store_options *options)
{
    fprintf(stderr, "backtalk: %s: this program was built without SQLite\n",
            options->where);
    return NULL;
}

#endif
