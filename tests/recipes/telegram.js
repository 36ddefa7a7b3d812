// telegram.js - two people on Telegram, which telegram-test-api plays, and the
// recipe's bot.
//   BACKTALK=url node telegram.js telegram.mjs
// Prints "telegram: ok"; status 1 when something else came.
const assert = require('assert')
const { spawn } = require('child_process')
const { createServer } = require('net')
const TelegramServer = require('telegram-test-api')

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => resolve(port))
  })
})

async function run (recipe) {
  const server = new TelegramServer({ port: await freePort(), host: '127.0.0.1' })
  await server.start()
  const person = (id) => server.getClient('token', { chatId: id, userId: id, timeout: 20000 })
  const [anna, ben] = [person(1), person(2)]
  const bot = spawn('node', [recipe], {
    stdio: 'inherit',
    env: { ...process.env, BOT_TOKEN: 'token', TELEGRAM: server.config.apiURL }
  })
  const say = async (who, text) => {
    await who.sendMessage(who.makeMessage(text))
    const { result } = await who.getUpdates()
    return result.map(({ message }) => message)
  }
  try {
    const numb = await say(anna, 'my left hand is numb')
    assert.match(numb[0].text, /numb/)
    const roller = await say(ben, 'how do I use a foam roller?')
    const buttons = JSON.stringify(roller[0].reply_markup)
    assert.match(buttons, /None of these/)
    const shown = await say(ben, 'None of these')
    assert.match(shown.map(({ text }) => text).join(' '), /roller/)
    const refused = await say(anna, 'how do I use a foam roller?')
    assert.match(refused[0].text, /numb/)
  } finally {
    bot.kill()
    await server.stop()
  }
}

run(process.argv[2]).then(() => {
  console.log('telegram: ok')
  process.exit(0)
}, (error) => {
  console.log(`telegram: ${error.message || error}`)
  process.exit(1)
})
