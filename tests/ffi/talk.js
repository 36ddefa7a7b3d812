// talk.js - talks through the shared library with nothing but koffi.
//   node talk.js LIBRARY PACK TEXT...   < what the program says, a JSON line
//                                         for each text
// Out: a line for each thing that is not the same; status 1 when there is any.
// After the first text the session is saved and loaded again.
const koffi = require('koffi')
const assert = require('assert')
const { readFileSync } = require('fs')

const [path, pack, ...texts] = process.argv.slice(2)
const library = koffi.load(path)
for (const name of ['bot', 'worker', 'session', 'turn']) koffi.opaque('talk_' + name)
koffi.proto('uint64_t talk_clock_fn(void *payload)')
koffi.proto('bool talk_write_fn(void *payload, const void *text, size_t length)')
koffi.struct('talk_error', {
  status: 'int', line: 'uint32_t', column: 'uint32_t',
  source: koffi.array('char', 256), message: koffi.array('char', 512)
})
const options = koffi.struct('talk_options', {
  size: 'size_t', alloc_fn: 'void *', alloc_payload: 'void *',
  report_fn: 'void *', report_payload: 'void *',
  clock_fn: 'talk_clock_fn *', clock_payload: 'void *',
  message_max: 'size_t', pack_file_max: 'size_t', pack_max: 'size_t',
  match_limit: 'uint32_t', turn_work_max: 'uint32_t', seed: 'uint32_t',
  alternatives: 'bool', examples: 'bool'
})
koffi.struct('talk_message', {
  text: 'const char *', length: 'size_t', response: 'const char *',
  wording: 'size_t', technique: 'bool'
})
koffi.struct('talk_finding', {
  name: 'const char *', polarity: 'const char *', tier: 'int',
  start: 'size_t', end: 'size_t'
})
koffi.struct('talk_slot', {
  name: 'const char *', value: 'const char *', normal: 'const char *',
  number: 'double'
})

// As the header has them.
const talk = Object.fromEntries([
  'const char *talk_version(void)',
  'const char *talk_tier_name(int tier)',
  'void talk_options_init(_Out_ talk_options *options, size_t size)',
  'int talk_bot_load(const char *folder, const talk_options *options, _Out_ talk_bot **bot, _Out_ talk_error *err)',
  'void talk_bot_free(talk_bot *bot)',
  'int talk_worker_new(const talk_bot *bot, _Out_ talk_worker **worker, _Out_ talk_error *err)',
  'void talk_worker_free(talk_worker *worker)',
  'int talk_session_new(const talk_bot *bot, _Out_ talk_session **session, _Out_ talk_error *err)',
  'void talk_session_free(talk_session *session)',
  'int talk_session_save(const talk_session *session, talk_write_fn *write, void *payload, _Out_ talk_error *err)',
  'int talk_session_load(const talk_bot *bot, const char *json, size_t length, _Out_ talk_session **session, _Out_ talk_error *err)',
  'int talk_say(talk_worker *worker, talk_session *session, const char *text, size_t length, _Out_ talk_turn **turn, _Out_ talk_error *err)',
  'int talk_turn_tier(const talk_turn *turn)',
  'const char *talk_turn_topic(const talk_turn *turn)',
  'bool talk_turn_technique(const talk_turn *turn)',
  ...['talk_message message', 'talk_finding finding', 'talk_slot slot', 'const char *quick'].flatMap((kind) => {
    const name = kind.match(/\w+$/)[0]
    return [`size_t talk_turn_${name}_count(const talk_turn *turn)`,
      kind.replace(/\w+$/, `talk_turn_${name}(const talk_turn *turn, size_t index)`)]
  })
].map((prototype) => [prototype.match(/talk_(\w+)\(/)[1], library.func(prototype)]))

const error = {}
const problems = []

function must (status, what) {
  assert.strictEqual(status, 0, `${what}: ${error.message}`)
}

// An object that is made by a call of the library.
function made (what, call) {
  const out = [null]
  must(call(out), what)
  return out[0]
}

function all (turn, kind) {
  return Array.from({ length: Number(talk[`turn_${kind}_count`](turn)) }, (_, index) => talk['turn_' + kind](turn, index))
}

// The turn as the program prints it.
function told (turn) {
  const quick = all(turn, 'quick')
  return {
    session: '-e',
    messages: all(turn, 'message').map(({ text }) => ({ text })),
    tier: talk.tier_name(talk.turn_tier(turn)),
    topic: talk.turn_topic(turn),
    technique: talk.turn_technique(turn),
    findings: all(turn, 'finding').map(({ name, polarity, start, end }) => ({ name, polarity, start: Number(start), end: Number(end) })),
    slots: Object.fromEntries(all(turn, 'slot').map(({ name, value, number }) => [name, Number.isNaN(number) ? value : number])),
    ...(quick.length ? { quick } : {})
  }
}

let clockCalls = 0
const clock = koffi.register(() => { clockCalls++; return 1767268800 }, 'talk_clock_fn *')
const settings = {}
talk.options_init(settings, koffi.sizeof(options))
if (Number(settings.size) !== koffi.sizeof(options) || Number(settings.message_max) !== 65536) problems.push('options: ' + JSON.stringify(settings))
settings.clock_fn = clock

if (talk.bot_load('/nowhere', null, [null], error) !== 4 || !(error.source + error.message).includes('/nowhere')) {
  problems.push('a pack that is not there: ' + error.message)
}
const bot = made('the pack', (out) => talk.bot_load(pack, settings, out, error))
const worker = made('a worker', (out) => talk.worker_new(bot, out, error))
let session = made('a session', (out) => talk.session_new(bot, out, error))
const lines = readFileSync(0, 'utf8').trim().split('\n')
assert.strictEqual(lines.length, texts.length)
texts.forEach((text, index) => {
  const turn = made(text, (out) => talk.say(worker, session, text, Buffer.byteLength(text), out, error))
  try {
    assert.deepStrictEqual(told(turn), JSON.parse(lines[index]))
  } catch ({ message }) {
    problems.push(text + ': ' + message)
  }
  if (index > 0) return
  const pieces = []
  const write = (_payload, piece, length) => pieces.push(Buffer.from(koffi.decode(piece, 'uint8_t', Number(length)))) > 0
  must(talk.session_save(session, write, null, error), 'saving')
  talk.session_free(session)
  const saved = Buffer.concat(pieces).toString()
  JSON.parse(saved)
  session = made('loading', (out) => talk.session_load(bot, saved, Buffer.byteLength(saved), out, error))
})
if (clockCalls !== texts.length) problems.push(`the clock was asked ${clockCalls} times`)

talk.session_free(session)
talk.worker_free(worker)
talk.bot_free(bot)
koffi.unregister(clock)
for (const problem of problems) console.log('FAILED: ' + problem)
if (!problems.length) console.log(`${talk.version()}: ${texts.length} turns`)
process.exitCode = problems.length ? 1 : 0
