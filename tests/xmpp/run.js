// run.js - what people on XMPP do, and what must come of it.
//   XMPP_PORT=… node run.js SCENE
// Prints "SCENE: ok"; status 1 when something else came.
const assert = require('assert')
const { open, xml, bot, CHATSTATES } = require('./client')

const emergency = /\b(112|911|999)\b/
const room = 'room@rooms.localhost'

async function enter (person, nick) {
  await person.xmpp.send(xml('presence', { to: `${room}/${nick}` },
    xml('x', { xmlns: 'http://jabber.org/protocol/muc' })))
  assert(await person.take((s) => s.is('presence') &&
    s.attrs.from === `${room}/${nick}`, 15000), `${nick} is not in the room`)
}

const scenes = {
  // Two at once: what one told is not the other's.
  async two () {
    const [anna, ben] = await Promise.all([open('anna'), open('ben')])
    await Promise.all([anna.send('my left hand is numb'), ben.send('hello')])
    assert.match(await anna.body(), /numb/)
    assert.match(await anna.body(), /Since when/)
    await ben.body()
    await ben.send('is the sound bad?')
    assert.match(await ben.body(), /sound|crack|pop/)
    await ben.silent()
    await Promise.all([anna.close(), ben.close()])
  },

  async remembered () {
    const anna = await open('anna')
    await anna.send('how do I use a foam roller?')
    assert.match(await anna.body(), /numb/)
    await anna.close()
  },

  async flag () {
    const cleo = await open('cleo')
    await cleo.send('I have chest pain')
    assert.match(await cleo.body(), emergency)
    await cleo.close()
  },

  async duplicate () {
    const anna = await open('anna')
    await anna.send('thanks!', { id: 'twice' })
    await anna.body()
    await anna.send('thanks!', { id: 'twice' })
    await anna.silent()
    const origin = xml('origin-id', { xmlns: 'urn:xmpp:sid:0', id: 'o1' })
    await anna.send('thank you!', { id: 'a' }, origin)
    await anna.body()
    await anna.send('thank you!', { id: 'b' }, origin)
    await anna.silent()
    // A client that counts from 1 each time says something else.
    await anna.send('hello', { id: 'twice' })
    await anna.body()
    await anna.close()
  },

  // After a restart of the bridge it is known still.
  async still () {
    const anna = await open('anna')
    await anna.send('thanks!', { id: 'twice' })
    await anna.silent()
    await anna.close()
  },

  async states () {
    const anna = await open('anna')
    await anna.send('thanks a lot!', {}, xml('active', { xmlns: CHATSTATES }))
    const first = await anna.take((s) => s.is('message'), 15000)
    assert(first.getChild('composing', CHATSTATES), `no composing: ${first}`)
    const second = await anna.take((s) => s.is('message'), 15000)
    assert(second.getChild('active', CHATSTATES), `not active: ${second}`)
    assert(second.getChildText('body') && second.attrs.id)
    await anna.send('thanks')
    const third = await anna.take((s) => s.is('message'), 15000)
    assert(third.getChildText('body') && third.children.length === 1, `a state unasked: ${third}`)
    await anna.close()
  },

  // The bridge cuts at 120 bytes.
  async long () {
    const dora = await open('dora')
    await dora.send('why does my back want to pop?')
    const pieces = []
    for (let i = 0; i < 2 || pieces[i - 1].length > 60; i++) {
      const stanza = await dora.take((s) => s.is('message') && s.getChild('body'), 2000)
      if (!stanza) break
      pieces.push(stanza.getChildText('body'))
    }
    assert(pieces.length > 1 && pieces.every((piece) => Buffer.byteLength(piece) <= 120), pieces)
    assert.match(pieces.join(' '), /stiff|joint|move/)
    while (await dora.take((s) => s.is('message'), 300));
    const filler = 'we also talked about the weather and the garden. '.repeat(400)
    await dora.send(filler + 'is the sound bad?')
    assert.match(await dora.body(), /\S/)
    while (await dora.take((s) => s.is('message'), 300));
    await dora.send('x '.repeat(40000))
    assert.match(await dora.body(), /too long/)
    await dora.silent()
    await dora.close()
  },

  // A number is the quick reply that it stands for.
  async number () {
    const emil = await open('emil')
    await emil.send('my left hand is numb')
    await emil.body()
    const asked = await emil.body()
    const first = /\n1\. (.*)/.exec(asked)
    assert(first, `no numbers: ${asked}`)
    await emil.send('1')
    const next = await emil.body()
    assert.notStrictEqual(next, asked)
    await emil.close()
  },

  async unanswered () {
    const ben = await open('ben')
    await ben.send('my chest hurts', { type: 'error' },
      xml('error', { type: 'cancel' }, xml('service-unavailable',
        { xmlns: 'urn:ietf:params:xml:ns:xmpp-stanzas' })))
    await ben.send('news', { type: 'headline' })
    await ben.send(null, {}, xml('composing', { xmlns: CHATSTATES }))
    await ben.send('  ')
    await ben.silent()
    assert.deepStrictEqual(ben.stanzas.filter((s) => s.is('message')).map(String), [])
    await ben.send('I sent you an encrypted message', {},
      xml('encryption', { xmlns: 'urn:xmpp:eme:0', namespace: 'eu.siacs.conversations.axolotl' }))
    assert.match(await ben.body(), /encrypt/)
    await ben.close()
  },

  // Questions of other programs, and people who add the bot.
  async manners () {
    const ben = await open('ben')
    const full = `${bot}/${process.env.XMPP_RESOURCE}`
    const ask = (child, id) => ben.xmpp.send(xml('iq', { type: 'get', to: full, id }, child))
    const reply = (id) => ben.take((s) => s.is('iq') && s.attrs.id === id, 15000)
    await ask(xml('ping', { xmlns: 'urn:xmpp:ping' }), 'p')
    assert.strictEqual((await reply('p')).attrs.type, 'result')
    await ask(xml('query', { xmlns: 'http://jabber.org/protocol/disco#info' }), 'd')
    const info = await reply('d')
    assert.strictEqual(info.getChild('query').getChild('identity').attrs.type, 'bot')
    await ask(xml('query', { xmlns: 'urn:example:none' }), 'u')
    assert((await reply('u')).getChild('error').getChild('service-unavailable'))
    await ben.xmpp.send(xml('iq', { type: 'get', id: 'r' }, xml('query', { xmlns: 'jabber:iq:roster' })))
    await reply('r')
    await ben.xmpp.send(xml('presence', { type: 'subscribe', to: bot }))
    assert(await ben.take((s) => s.is('presence') && s.attrs.type === 'subscribed', 15000))
    assert.match(await ben.body(), /no doctor/)
    assert.match(await ben.body(), /\/forget/)
    await ben.close()
  },

  async rooms () {
    const [anna, ben] = await Promise.all([open('anna'), open('ben')])
    await enter(anna, 'Anna')
    await enter(ben, 'Ben')
    const say = (person, text) => person.send(text, { type: 'groupchat', to: room })
    await say(anna, 'my left hand is numb')
    await say(anna, 'the helper is nice')
    await anna.silent()
    await say(anna, 'helper: my left hand is numb')
    assert.match(await anna.body(), /^Anna: .*numb/s)
    assert.match(await anna.body(), /^Anna: Since when/)
    await ben.body() // he hears it all
    await ben.body()
    while (await ben.take((s) => s.is('message'), 500));
    await say(ben, '@Helper, thanks!')
    assert.match(await ben.take((s) => s.is('message') &&
      s.attrs.from === `${room}/helper`, 15000).then((s) => s.getChildText('body')), /^Ben: /)
    // Alone with somebody of the room: the same conversation.
    await anna.body()
    await anna.send('how do I use a foam roller?', { to: `${room}/helper` },
      xml('x', { xmlns: 'http://jabber.org/protocol/muc#user' }))
    const alone = await anna.take((s) => s.is('message') && s.attrs.type === 'chat', 15000)
    assert.match(alone.getChildText('body'), /numb/)
    // Who comes next under that nick is somebody else.
    await anna.xmpp.send(xml('presence', { type: 'unavailable', to: `${room}/Anna` }))
    await ben.take((s) => s.is('presence') && s.attrs.type === 'unavailable', 15000)
    await ben.xmpp.send(xml('presence', { to: `${room}/Anna` }))
    await ben.take((s) => s.is('presence') && s.attrs.from === `${room}/Anna`, 15000)
    while (await ben.take((s) => s.is('message'), 500));
    await say(ben, 'helper: how do I use a foam roller?')
    assert.match(await ben.take((s) => s.is('message') &&
      s.attrs.from === `${room}/helper`, 15000).then((s) => s.getChildText('body')),
    /^Anna: .*none/s)
    await Promise.all([anna.close(), ben.close()])
  },

  async forget () {
    const anna = await open('anna')
    await anna.send(' /forget ')
    assert.match(await anna.body(), /forgotten/)
    await anna.send('how do I use a foam roller?')
    assert.match(await anna.body(), /none/)
    await anna.close()
  },

  // Written while the bot was away.
  async letter () {
    const anna = await open('anna')
    await anna.send('how do I use a foam roller?', { id: 'away' })
    await anna.close()
  },

  // What was on the disk and had not left.
  async unsent () {
    const emil = await open('emil')
    const stanza = await emil.take((s) => s.is('message') && s.attrs.id === 'unsent-1', 15000)
    assert.strictEqual(stanza && stanza.getChildText('body'), 'a word that was on its way')
    await emil.silent()
    await emil.close()
  },

  // The bridge has another pack, and then a changed one.
  async plants () {
    const fred = await open('fred')
    await fred.send('how much light does it need')
    assert.match(await fred.body(), /light|sun|window/)
    await fred.close()
  },
  async changed () {
    const fred = await open('fred')
    await fred.send('what is new?')
    assert.match(await fred.body(), /^Leaves\.$/)
    await fred.close()
  },

  async alarm () {
    const cleo = await open('cleo')
    await cleo.send('I have chest pain')
    assert.match(await cleo.body(), emergency)
    while (await cleo.take((s) => s.is('message'), 300));
    const fred = await open('fred')
    await fred.send('my left hand is numb')
    assert.match(await fred.body(), /Sorry/)
    await fred.silent()
    await Promise.all([cleo.close(), fred.close()])
  },

  async once () {
    const anna = await open('anna')
    assert.match(await anna.body(), /\S/)
    await anna.silent()
    await anna.close()
  }
}

const scene = process.argv[2]
scenes[scene]().then(() => {
  console.log(`${scene}: ok`)
  process.exit(0)
}, (error) => {
  console.log(`${scene}: ${error.message || error}`)
  process.exit(1)
})
