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
  // The client hands out what the bot says to anybody.
  const client = (id) => server.getClient('token', { chatId: id, userId: id, timeout: 20000 })
  const inbox = []
  const bot = spawn('node', [recipe], {
    stdio: 'inherit',
    env: { ...process.env, BOT_TOKEN: 'token', TELEGRAM: server.config.apiURL }
  })
  const say = async (id, text, wanted) => {
    await client(id).sendMessage(client(id).makeMessage(text))
    const fits = (message) => Number(message.chat_id) === id && wanted.test(JSON.stringify(message))
    while (!inbox.some(fits)) {
      const { result } = await client(id).getUpdates()
      inbox.push(...result.map(({ message }) => message))
    }
    return inbox.splice(0).find(fits)
  }
  try {
    await say(1, 'my left hand is numb', /numb/)
    const asked = await say(2, 'how do I use a foam roller?', /none/)
    assert.match(JSON.stringify(asked.reply_markup), /None of these/)
    await say(2, 'None of these', /roller/)
    await say(1, 'how do I use a foam roller?', /numb/)
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
