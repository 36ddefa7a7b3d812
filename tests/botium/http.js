// http.js - Botium's way to `backtalk serve --http`: its connector for REST
// channels, as anybody would set it up for Rasa.
// In: the URL of the server.  Out: capabilities. The messages of a turn are
// one message of the bot, as over --stdio; the last has what the turn found.
module.exports = (url) => ({
  CONTAINERMODE: 'simplerest',
  SIMPLEREST_URL: url + '/webhooks/rest/webhook',
  SIMPLEREST_METHOD: 'POST',
  SIMPLEREST_BODY_TEMPLATE: { sender: '{{botium.conversationId}}', message: '{{msg.messageText}}' },
  SIMPLEREST_RESPONSE_JSONPATH: '$[0].text',
  SIMPLEREST_BUTTONS_JSONPATH: '$[*].buttons[*]',
  SIMPLEREST_BUTTONS_TEXT_SUBJSONPATH: '$.title',
  SIMPLEREST_BUTTONS_PAYLOAD_SUBJSONPATH: '$.payload',
  SIMPLEREST_STOP_URL: url + '/sessions/{{botium.conversationId}}',
  SIMPLEREST_STOP_VERB: 'DELETE',
  SIMPLEREST_RESPONSE_HOOK: ({ botMsg }) => {
    const messages = botMsg.sourceData
    const turn = messages[messages.length - 1].custom
    const slots = Object.entries(turn.slots)
      .map(([name, value]) => ({ name, value: String(value), normal: String(value) }))
    botMsg.messageText = messages.map((message) => message.text).join('\n')
    botMsg.sourceData = { turn, explanation: { slots } }
  }
})
