// client.js - somebody on XMPP who talks to the bot.
// In: XMPP_PORT, the server on this machine.  Out: open(NAME), a client that
// sends messages and waits for those that come.
const { client, xml } = require('@xmpp/client')

const bot = 'bot@localhost'
const CHATSTATES = 'http://jabber.org/protocol/chatstates'
const patience = 15000

async function open (name) {
  const xmpp = client({
    service: `xmpp://127.0.0.1:${process.env.XMPP_PORT}`,
    domain: 'localhost',
    resource: 'test',
    username: name,
    password: 'secret'
  })
  xmpp.timeout = patience
  xmpp.reconnect.stop()
  const stanzas = []
  const waiters = new Set()
  xmpp.on('error', () => {})
  xmpp.on('stanza', (stanza) => {
    stanzas.push(stanza)
    waiters.forEach((look) => look())
  })
  await xmpp.start()
  await xmpp.send(xml('presence'))

  // The first stanza that fits, taken out; null: none came in time.
  const take = (fits, milliseconds) => new Promise((resolve) => {
    const end = (stanza) => {
      clearTimeout(timer)
      waiters.delete(look)
      resolve(stanza)
    }
    const look = () => {
      const index = stanzas.findIndex(fits)
      if (index >= 0) end(stanzas.splice(index, 1)[0])
    }
    const timer = setTimeout(() => end(null), milliseconds)
    waiters.add(look)
    look()
  })
  // A nick in the tests is the name with a capital.
  const nick = name[0].toUpperCase() + name.slice(1)
  const isBody = (stanza) => stanza.is('message') && stanza.getChildText('body') &&
    stanza.attrs.from !== `room@rooms.localhost/${nick}`
  return {
    xmpp,
    take,
    stanzas,
    // A message to the bot, or one of another kind.
    send: (text, attributes, ...children) => xmpp.send(xml('message',
      { type: 'chat', to: bot, ...attributes },
      ...(text === null ? [] : [xml('body', {}, text)]), ...children)),
    async body () {
      const stanza = await take(isBody, patience)
      if (!stanza) throw new Error(`${name}: no message came`)
      return stanza.getChildText('body')
    },
    // Nothing is said for a while.
    async silent (milliseconds = 700) {
      const stanza = await take(isBody, milliseconds)
      if (stanza) throw new Error(`${name}: unexpected: ${stanza}`)
    },
    close: () => xmpp.stop()
  }
}

module.exports = { open, xml, bot, CHATSTATES }
