// connector.js - Botium's way to `backtalk serve --stdio`.
// In: messages of Botium's user.  Out: each turn as one message of the bot,
// with the turn and its explanation as its source data.
const { spawn } = require('child_process')
const readline = require('readline')

let program = null // one for all dialogues
let calls = new Map()
let last = 0

function call (method, params) {
  if (!program) {
    program = spawn(process.env.BACKTALK, ['serve', '--stdio'],
      { stdio: ['pipe', 'pipe', 'inherit'] })
    readline.createInterface({ input: program.stdout }).on('line', (line) => {
      const answer = JSON.parse(line)
      const { resolve, reject } = calls.get(answer.id)
      calls.delete(answer.id)
      if (answer.error) reject(new Error(answer.error.message))
      else resolve(answer.result)
    })
  }
  return new Promise((resolve, reject) => {
    calls.set(++last, { resolve, reject })
    program.stdin.write(JSON.stringify({ jsonrpc: '2.0', id: last, method, params }) + '\n')
  })
}

class Connector {
  constructor ({ queueBotSays }) {
    this.queueBotSays = queueBotSays
    this.session = null
  }

  Start () {
    this.session = 'dialogue ' + ++last
  }

  async UserSays ({ messageText }) {
    const params = { session: this.session, text: messageText }
    const turn = await call('say', params)
    const { explanation } = await call('explain', { session: this.session })
    // As soon as this call is over, not before: Botium waits for the message.
    setImmediate(() => this.queueBotSays({
      messageText: turn.messages.map((message) => message.text).join('\n'),
      sourceData: { turn, explanation }
    }))
  }

  Stop () {
    return call('forget', { session: this.session })
  }
}

module.exports = {
  PluginVersion: 1,
  PluginClass: Connector,
  end: () => program && program.stdin.end()
}
