# talk.py - talks through the shared library with nothing but ctypes.
#   python3 talk.py LIBRARY PACK TEXT...   < what the program says, a JSON line
#                                            for each text
# Out: a line for each thing that is not the same; status 1 when there is any.
# After the first text the session is saved and loaded again.
import ctypes
import json
import math
import sys
from ctypes import (CFUNCTYPE, POINTER, Structure, byref, c_bool, c_char,
                    c_char_p, c_double, c_int, c_size_t, c_uint32, c_uint64,
                    c_void_p)

library_path, pack, *texts = sys.argv[1:]
talk = ctypes.CDLL(library_path)
TIERS = ['none', 'avoid', 'professional', 'urgent', 'emergency']
CLOCK = CFUNCTYPE(c_uint64, c_void_p)
WRITE = CFUNCTYPE(c_bool, c_void_p, POINTER(c_char), c_size_t)


class Error(Structure):
    _fields_ = [('status', c_int), ('line', c_uint32), ('column', c_uint32),
                ('source', c_char * 256), ('message', c_char * 512)]


class Options(Structure):
    _fields_ = [('size', c_size_t),
                ('alloc_fn', c_void_p), ('alloc_payload', c_void_p),
                ('report_fn', c_void_p), ('report_payload', c_void_p),
                ('clock_fn', CLOCK), ('clock_payload', c_void_p),
                ('message_max', c_size_t), ('pack_file_max', c_size_t),
                ('pack_max', c_size_t), ('match_limit', c_uint32),
                ('turn_work_max', c_uint32), ('seed', c_uint32),
                ('alternatives', c_bool),
                ('examples', c_bool)]


class Message(Structure):
    _fields_ = [('text', c_char_p), ('length', c_size_t),
                ('response', c_char_p), ('wording', c_size_t),
                ('technique', c_bool)]


class Finding(Structure):
    _fields_ = [('name', c_char_p), ('polarity', c_char_p), ('tier', c_int),
                ('start', c_size_t), ('end', c_size_t)]


class Slot(Structure):
    _fields_ = [('name', c_char_p), ('value', c_char_p),
                ('normal', c_char_p), ('number', c_double)]


# What returns something else than a status, an enum or nothing.
RETURNS = {
    'talk_version': c_char_p, 'talk_tier_name': c_char_p,
    'talk_bot_title': c_char_p, 'talk_turn_topic': c_char_p,
    'talk_turn_technique': c_bool,
    'talk_turn_message_count': c_size_t, 'talk_turn_message': Message,
    'talk_turn_finding_count': c_size_t, 'talk_turn_finding': Finding,
    'talk_turn_slot_count': c_size_t, 'talk_turn_slot': Slot,
    'talk_turn_quick_count': c_size_t, 'talk_turn_quick': c_char_p,
}
for name, returned in RETURNS.items():
    getattr(talk, name).restype = returned

problems = []
error = Error()


def must(status, what):
    if status != 0:
        sys.exit(f'FAILED: {what}: {status}: {error.message.decode()}')


def all_of(turn, kind):
    get = getattr(talk, f'talk_turn_{kind}')
    count = getattr(talk, f'talk_turn_{kind}_count')(turn)
    return [get(turn, c_size_t(index)) for index in range(count)]


def slot_value(slot):
    return slot.value.decode() if math.isnan(slot.number) else slot.number


def as_json(turn):
    """The turn as the program prints it."""
    told = {
        'session': '-e',
        'messages': [{'text': message.text[:message.length].decode()}
                     for message in all_of(turn, 'message')],
        'tier': talk.talk_tier_name(talk.talk_turn_tier(turn)).decode(),
        'topic': talk.talk_turn_topic(turn).decode(),
        'technique': talk.talk_turn_technique(turn),
        'findings': [{'name': finding.name.decode(),
                      'polarity': finding.polarity.decode(),
                      'start': finding.start, 'end': finding.end}
                     for finding in all_of(turn, 'finding')],
        'slots': {slot.name.decode(): slot_value(slot)
                  for slot in all_of(turn, 'slot')},
    }
    quick = [text.decode() for text in all_of(turn, 'quick')]
    return {**told, 'quick': quick} if quick else told


clock_calls = []


@CLOCK
def clock(_payload):
    clock_calls.append(1)
    return 1767268800


written = []


@WRITE
def write(_payload, text, length):
    written.append(text[:length])
    return True


bot, worker, session, turn = (c_void_p() for _ in range(4))
options = Options()
talk.talk_options_init(byref(options), c_size_t(ctypes.sizeof(options)))
if options.size != ctypes.sizeof(options) or options.message_max != 65536:
    problems.append(f'options: {options.size}, {options.message_max}')
options.clock_fn = clock

if talk.talk_bot_load(b'/nowhere', None, byref(bot), byref(error)) != 4:
    problems.append(f'a pack that is not there: status {error.status}')
if b'/nowhere' not in error.source + error.message or bot:
    problems.append(f'a pack that is not there: {error.message}')
must(talk.talk_bot_load(pack.encode(), byref(options), byref(bot),
                        byref(error)), 'the pack')
must(talk.talk_worker_new(bot, byref(worker), byref(error)), 'a worker')
must(talk.talk_session_new(bot, byref(session), byref(error)), 'a session')

for text, line in zip(texts, sys.stdin, strict=True):
    said = text.encode()
    must(talk.talk_say(worker, session, said, c_size_t(len(said)),
                       byref(turn), byref(error)), text)
    told, wanted = as_json(turn), json.loads(line)
    if told != wanted:
        problems.append(f'{text}\n     got: {told}\n  wanted: {wanted}')
    if text == texts[0]:
        must(talk.talk_session_save(session, write, None, byref(error)),
             'saving')
        talk.talk_session_free(session)
        saved = b''.join(written)
        json.loads(saved)
        must(talk.talk_session_load(bot, saved, c_size_t(len(saved)),
                                    byref(session), byref(error)), 'loading')
if len(clock_calls) != len(texts):
    problems.append(f'the clock was asked {len(clock_calls)} times')

talk.talk_session_free(session)
talk.talk_worker_free(worker)
talk.talk_bot_free(bot)
for problem in problems:
    print('FAILED:', problem)
if not problems:
    print(f'{talk.talk_version().decode()}: {len(texts)} turns')
sys.exit(bool(problems))
