// Keeps what is typed into the form on this phone until it has arrived. Everything works without it.
// Never who wrote, only the report; and the form's token with it: sent again, it is the same report.
(() => {
  const KEY = 'laksa.draft', HOURS = 24
  const FIELDS = ['message', 'place', 'kelurahan', 'latitude', 'longitude', 'kind', 'form_token']
  let kept
  try { kept = localStorage } catch { return }
  const read = () => {
    try { return JSON.parse(kept.getItem(KEY)) } catch { return null }
  }
  const draft = read(), form = document.querySelector('form.sheet')
  if (!form) return draft && draft.sent && kept.removeItem(KEY) // a report's page: what was sent has arrived
  const field = name => form.elements[name]
  const write = sent => {
    const typed = { at: Date.now(), sent }
    for (const name of FIELDS) typed[name] = field(name).value
    try { typed.message.trim() ? kept.setItem(KEY, JSON.stringify(typed)) : kept.removeItem(KEY) } catch {}
  }
  const young = draft && Date.now() - draft.at < HOURS * 3600e3
  if (draft && !young) kept.removeItem(KEY)
  if (young && !field('message').value) for (const name of FIELDS) if (draft[name]) field(name).value = draft[name]
  form.addEventListener('input', () => write(false))
  form.addEventListener('submit', () => write(true))
  document.getElementById('kept').hidden = false
})()
