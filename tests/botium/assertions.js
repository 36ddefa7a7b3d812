// assertions.js - what backtalk's transcripts have beyond Botium's own words,
// as Botium's asserters and logic hooks.
const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const isLike = (pattern, text) =>
  new RegExp('^' + pattern.split('*').map(escape).join('.*') + '$', 's').test(text)

const words = {
  TIER: ([tier], { turn }) => turn.tier === tier,
  TOPIC: ([topic], { turn }) => turn.topic !== '' && isLike(topic, turn.topic),
  TECHNIQUE: ([yes], { turn }) => turn.technique === (yes === 'yes'),
  MESSAGES: ([count], { turn }) => turn.messages.length === Number(count),
  RESPONSE: ([name], { explanation }) =>
    explanation.replies.some((reply) => isLike(name, reply.response)),
  FINDING: ([name, polarity], { turn }) =>
    turn.findings.some((finding) => isLike(name, finding.name) &&
      (!polarity || finding.polarity === polarity)),
  SLOT: ([name, ...value], { explanation }) =>
    explanation.slots.some((slot) => isLike(name, slot.name) &&
      (value.length === 0 || [slot.value, slot.normal].includes(value.join(' ')))),
  BECAUSE: (reason, { explanation }) => {
    const reasons = [...explanation.replies, ...explanation.findings, ...explanation.topics]
      .flatMap((rule) => [rule.why, rule.name, rule.response, rule.cue, `${rule.file}:${rule.line}`])
    return reasons.some((text) => text && isLike(reason.join(' '), text))
  }
}

function asserter (word) {
  const check = (wanted) => async ({ convoStep, args, botMsg }) => {
    const text = args.join('|')
    if (words[word](text.split(' '), botMsg.sourceData) === wanted) return
    throw new Error(`${convoStep.stepTag}: ${wanted ? '' : '!'}${word} ${text} does not hold`)
  }
  return class {
    constructor () {
      this.assertConvoStep = check(true)
      this.assertNotConvoStep = check(false)
    }
  }
}

module.exports = {
  asserters: Object.keys(words).map((word) =>
    ({ ref: word, src: asserter(word), global: false })),
  // Comments.
  hooks: [{ ref: '//', src: class {}, global: false }]
}
