// run.js - runs the transcripts of a folder with Botium.
//   BACKTALK=… node run.js FOLDER        over --stdio
//   BACKTALK_URL=… node run.js FOLDER    over HTTP
// Prints what fails and "N passed, N failed"; status 1 when something did.
const path = require('path')
const { BotDriver } = require('botium-core')
const { asserters, hooks } = require('./assertions')
const connector = require('./connector')
const http = require('./http')
const url = process.env.BACKTALK_URL

async function run (folder) {
  const driver = new BotDriver({
    PROJECTNAME: 'backtalk',
    ...(url ? http(url) : { CONTAINERMODE: require.resolve('./connector') }),
    TEMPDIR: path.resolve(folder, '..', 'temp'),
    WAITFORBOTTIMEOUT: 10000,
    SCRIPTING_MATCHING_MODE: 'wildcardExact',
    SCRIPTING_NORMALIZE_TEXT: true,
    ASSERTERS: asserters,
    LOGIC_HOOKS: hooks
  })
  const compiler = driver.BuildCompiler()
  compiler.ReadScriptsFromDirectory(folder)
  compiler.ExpandConvos()
  const container = await driver.Build()
  let passed = 0
  let failed = 0
  for (const convo of compiler.convos) {
    try {
      await container.Start()
      await convo.Run(container)
      passed++
    } catch (error) {
      failed++
      console.log(`${convo.header.name}: ${error.message}`)
    } finally {
      await container.Stop()
    }
  }
  await container.Clean()
  connector.end()
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 && passed > 0
}

run(process.argv[2]).then((fine) => { process.exitCode = fine ? 0 : 1 },
  (error) => { console.log(error.message); process.exit(2) })
