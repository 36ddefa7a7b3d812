// drive.js - somebody talks with the bot through a widget that knows nothing
// of it but Rasa's REST channel, on the page of another site.
//   node drive.js PAGE CHROMIUM WHAT
// In: the page with its query; the program; "talk", "refused" where the server
// does not take that site, or "markdown", which shows the Markdown of messages
// to the widget, whose renderer is not ours. Out: a line for each thing that is
// wrong.
const { open, look, until, holds, press, click, drive, problems } = require('../chromium.js')

const [page, program, what] = process.argv.slice(2)
const said = (whose) => `[...document.querySelectorAll(".chat.${whose} .text")].map((text) => text.textContent)`
const idle = '!document.querySelector(".waiting")'

async function type (text) {
  const before = await look(`${said('left')}.length`)
  await look('document.querySelector("form.input input[type=text]").focus()')
  for (const letter of text) await press(letter, letter)
  await press('Enter', '\r')
  await until(`${said('right')}.at(-1) === ${JSON.stringify(text)}`)
  return `${said('left')}.length > ${before} && ${idle}`
}

const hostile = ['*a* **b** _c_ `d` ***', '[a](http://b.example) ![c](d) [e]: f', '<b>bold</b> <img src=x> &amp; &lt;',
  '~~gone~~ a|b', 'a \\ b \\* c', '# a #', '+ a', '- a', '> a', '1. a', '2) a', '---', '===', '7/10 * 2 = 1.4', '__init__ snake_case_name',
  'http://example.org/a_b_c?d=*e*', 'Ünï 猫 😀 *x*']

// Says what makes the bot repeat the text; its answer as Markdown.
async function asMarkdown (text) {
  const body = { sender: 'm', message: 'tell me', metadata: { variables: { told: text }, markdown: true } }
  const [answer] = await look(`fetch(new URLSearchParams(location.search).get('host') + '/webhooks/rest/webhook',
    { method: 'POST', body: ${JSON.stringify(JSON.stringify(body))} }).then((answer) => answer.json())`)
  if (answer.text !== text) problems.push(`the text: ${answer.text}, wanted ${text}`)
  return answer.markdown
}

async function render () {
  for (const text of hostile) {
    const before = await look(`${said('left')}.length`)
    const message = JSON.stringify([{ text: await asMarkdown(text) }])
    await look(`room.ref.parseMessages(${message})`)
    if (!await until(`${said('left')}.length > ${before}`)) continue
    const last = '[...document.querySelectorAll(".chat.left .text")].at(-1)'
    const [shown, tags] = await look(`[${last}.textContent, [...${last}.querySelectorAll("*")].map((tag) => tag.tagName).join()]`)
    // A list is meant, and so is the link that a renderer makes of an address.
    const wanted = text.replace(/^- /, '')
    if (shown.trim() !== wanted || !/^(SPAN|UL,LI|SPAN,A)$/.test(tags)) problems.push(`${text} as Markdown is shown as ${shown}, ${tags}`)
  }
}

async function run () {
  await open(page)
  await until('document.querySelector(".chatroom.open input[type=text]") !== null')
  if (what === 'markdown') return render()
  if (what === 'refused') {
    await look('window.addEventListener("unhandledrejection", (event) => { window.refused = true; event.preventDefault() })')
    await type('hello')
    await until('window.refused === true')
    await holds('nothing was answered', `${said('left')}.length === 0`)
    return
  }
  await until(await type('my back hurts'))
  await until('document.querySelectorAll(".chat-button:not(.chat-button-disabled)").length > 1')
  const title = await look('document.querySelector(".chat-button").textContent')
  const before = await look(`${said('left')}.length`)
  await click('.chat-button')
  await until(`${said('right')}.at(-1) === ${JSON.stringify(title)}`)
  await until(`${said('left')}.length > ${before} && ${idle}`)
  await until(await type('now i have chest pain and i can not breathe'))
  await holds('the emergency number', `${said('left')}.some((text) => /\\b112\\b/.test(text))`)
  await until(await type('what did you say?'))
  await holds('the conversation is one', `${said('left')}.filter((text) => /\\b112\\b/.test(text)).length > 1`)
}

drive(program, run)
