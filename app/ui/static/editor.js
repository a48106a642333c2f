// The editor: saves a part as she types, previews, marks up and cites. Without it every button works
// by sending the form. Nothing here moves the focus, unless she pressed something.
(function () {
  'use strict'

  var WAIT = 2000
  var RETRY = 5000
  // What a browser sends after the page is gone may not be larger.
  var LARGEST_KEPT = 60000

  var form = document.querySelector('form[data-editor]')
  if (!form) return
  var base = form.querySelector('[name=base]')
  var told = form.querySelector('[data-saved]')
  var pending = form.querySelector('[data-pending]')
  var comment = document.querySelector('textarea[form="' + form.id + '"]')
  var state = { dirty: false, busy: false, stopped: false, kept: false, failed: false, sending: false, whole: false, next: null }
  var timer = null

  function each (selector, act, within) {
    Array.prototype.forEach.call((within || document).querySelectorAll(selector), act)
  }

  // Saving

  function say (words, bad) {
    if (told.textContent !== words) told.textContent = words
    told.parentNode.classList.toggle('saved-not', !!bad)
  }

  function mark (dirty) {
    state.dirty = dirty
    pending.textContent = dirty && !state.failed ? 'What you type now is not saved yet.' : ''
  }

  function body (act, how) {
    var data = new URLSearchParams(new FormData(form))
    // Where two texts stand beside each other, hers are kept and the draft is left alone.
    data.set('do', act || form.dataset.editor || 'save')
    // A comment is added by a button, never while it is being written.
    if (comment) data.delete(comment.name)
    if (how) data.set(how, '1')
    // What could not be saved before is kept under this number, until it can.
    if (state.kept && !form.dataset.editor) data.set('kept', base.value)
    return data
  }

  function send (data, leaving) {
    return fetch(form.action, {
      method: 'POST',
      body: data,
      headers: { Accept: 'application/json', 'X-Autosave': '1' },
      credentials: 'same-origin',
      redirect: 'error',
      keepalive: leaving || data.toString().length < LARGEST_KEPT
    })
  }

  function later (wait) {
    clearTimeout(timer)
    timer = setTimeout(function () { save() }, wait)
  }

  function save (act, done, pressed) {
    if (state.stopped || state.sending) return
    if (state.busy) { later(300); return }
    if (!state.dirty && !act) return
    clearTimeout(timer)
    state.busy = true
    mark(false)
    send(body(act, pressed && 'pressed')).then(read).then(function (answer) {
      // What only she can decide, or a sign-in, wants a page of its own: she pressed for it.
      if (pressed && answer && answer.error && answer.status < 500) onPage(pressed)
      else if (answer) answered(answer, done)
      else failed('Not saved: no connection. Trying again. What you typed stands here meanwhile.')
    }, function () {
      failed('Not saved: no connection. Trying again. What you typed stands here meanwhile.')
    }).finally(function () {
      state.busy = false
      if (state.next) { var next = state.next; state.next = null; form.requestSubmit(next) }
    })
  }

  function onPage (button) {
    mark(true)
    state.next = button
    state.whole = true
  }

  // The answer with its status; nothing, where something between here and the server spoke for it.
  function read (response) {
    return response.json().then(function (answer) {
      answer.status = response.status
      return answer
    }, function () { return response.status >= 500 ? { status: response.status } : null })
  }

  function failed (words) {
    state.failed = true
    mark(true)
    say(words, true)
    later(RETRY)
  }

  function saved (answer, besides) {
    return 'Saved ' + answer.saved + besides + (answer.undone ? '. ' + answer.undone : '')
  }

  function answered (answer, done) {
    if (answer.status === 200) {
      state.failed = state.kept = false
      if (answer.revision) base.value = String(answer.revision)
      mark(state.dirty)
      say(answer.said || saved(answer, ''))
      still(function () {
        show(answer.notes)
        if (answer.revision) around(answer)
        if (done) done(answer)
      })
    } else if (answer.status >= 500) {
      failed('Not saved: the server is busy. Trying again.')
    } else if (answer.error === 'signed-out') {
      failed('Not saved: you were signed out. Sign in in another tab and this saves by itself, or press Save: what you typed comes with you.')
    } else {
      stop(answer)
    }
  }

  // Saving by itself would do harm now: she decides, with both texts before her. What the server
  // keeps meanwhile it goes on keeping as she types.
  function stop (answer) {
    state.kept = !!answer.kept
    state.stopped = state.failed = !answer.kept
    mark(state.stopped || state.dirty)
    if (state.kept && told.querySelector('button')) return
    say((answer.sentence || 'This could not be saved.') + (state.kept ? ' What you typed is kept. ' : ' What you typed stands here. '), true)
    var button = document.createElement('button')
    button.type = 'button'
    button.className = 'mini'
    button.textContent = answer.error === 'changed' ? 'See both texts' : 'See what you can do'
    button.addEventListener('click', function () { submit(form.querySelector('[name=do][value=save]')) })
    told.appendChild(button)
  }

  // What stands around the form: the review that a save undid, what is left to do and to mend.
  function around (answer) {
    var standing = document.querySelector('[data-standing]')
    if (standing && standing.innerHTML.trim() !== answer.standing.trim()) standing.innerHTML = answer.standing
    each('[data-left]', function (left) { left.textContent = '(' + answer.left + ' left)' })
    var box = document.querySelector('[data-problems]')
    if (box && box.innerHTML.trim()) summary(answer)
  }

  function summary (answer) {
    document.querySelector('[data-problems]').innerHTML = answer.summary
    document.title = (answer.mend ? 'Error: ' : '') + document.title.replace(/^Error: /, '')
  }

  // What comes or goes above must not move the field that she was last in.
  var field = null
  form.addEventListener('focusin', function (event) {
    if (event.target.matches('textarea, select, input')) field = event.target
  })

  function still (change) {
    var before = field && field.getBoundingClientRect()
    if (!before || !window.scrollY || before.bottom < 0 || before.top > window.innerHeight) { change(); return }
    var root = document.documentElement
    root.classList.add('still')
    change()
    window.scrollBy(0, field.getBoundingClientRect().top - before.top)
    requestAnimationFrame(function () {
      requestAnimationFrame(function () { root.classList.remove('still') })
    })
  }

  // Save, pressed: the page stays, and says that it was saved even when it said so before.
  function saveHere (button) {
    if (state.busy) { state.next = button; return }
    save('save', function (answer) {
      var besides = answer.mend ? ', with ' + answer.mend + (answer.mend === 1 ? ' thing' : ' things') + ' to mend' : ''
      told.textContent = ''
      setTimeout(function () {
        say(saved(answer, besides))
        if (answer.mend) lead(told, 'See what')
      }, 100)
      named(answer)
      summary(answer)
    }, button)
  }

  function named (answer) {
    var heading = document.querySelector('h1')
    document.title = document.title.replace(heading.textContent, answer.title)
    each('h1, .govuk-breadcrumbs [aria-current]', function (one) { one.textContent = answer.title })
    var slug = form.querySelector('[name=slug]')
    if (slug && !slug.value && answer.slug) slug.value = answer.slug
  }

  function lead (to, words) {
    var link = document.createElement('a')
    link.href = '#main'
    link.textContent = words
    link.addEventListener('click', function (event) {
      var found = document.querySelector('[data-error-summary]')
      if (!found) return
      event.preventDefault()
      found.scrollIntoView()
      found.focus({ preventScroll: true })
    })
    to.append('. ', link)
  }

  function submit (button) { state.whole = true; form.requestSubmit(button) }

  // One at a time: a button waits for what is being saved, whose revision it then carries.
  form.addEventListener('submit', function (event) {
    var button = event.submitter || form.querySelector('[name=do][value=save]')
    openRows()
    if (/^preview:/.test(button.value) && !state.stopped && !state.kept) {
      event.preventDefault()
      preview(button)
    } else if (button.value === 'save' && !form.dataset.editor && !state.whole && !state.stopped && !state.kept && !writing()) {
      event.preventDefault()
      saveHere(button)
    } else if (state.busy || state.sending) {
      event.preventDefault()
      if (state.busy) state.next = button
    } else {
      state.sending = true
      clearTimeout(timer)
      // A lost connection leaves the page as it is: go on saving.
      setTimeout(function () { state.sending = state.whole = false }, RETRY)
    }
  })

  function writing () { return !!comment && comment.value.trim() !== '' }

  // The rows that stand open stand open again on the page that follows.
  function openRows () {
    var names = []
    var field = form.querySelector('[name=left-open]')
    each('details[data-row][open]', function (row) { names.push(row.dataset.name) }, form)
    if (field) field.value = names.join(',')
  }

  function changed (event) {
    // Leaving a text that was typed before changes nothing anew.
    var typed = event && event.type === 'change' && event.target.matches('textarea, input:not([type=checkbox]):not([type=radio])')
    if (state.stopped || typed) return
    mark(true)
    later(state.failed ? RETRY : WAIT)
  }
  form.addEventListener('input', changed)
  form.addEventListener('change', changed)
  form.addEventListener('focusout', function () { if (state.dirty && !state.failed) later(200) })

  function leave () {
    if (state.stopped || state.sending || !state.dirty) return
    var data = body('', 'leaving')
    if (data.toString().length < LARGEST_KEPT) {
      mark(false)
      send(data, true).then(read).then(function (answer) {
        if (answer) answered(answer)
      }, function () { failed('Not saved: no connection. Trying again.') })
    }
  }
  window.addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', function () {
    if (document.visibilityState === 'hidden') leave()
  })
  window.addEventListener('beforeunload', function (event) {
    if (!state.sending && (writing() || (state.dirty && state.failed))) event.preventDefault()
  })
  if (form.hasAttribute('data-unsaved')) changed()

  // What checks say

  function describe (id, notes, said) {
    var control = document.getElementById(id)
    if (!control || !/^(INPUT|TEXTAREA|SELECT)$/.test(control.tagName)) return
    var group = control.closest('fieldset')
    var owner = group && group.contains(notes) && /^(radio|checkbox)$/.test(control.type) ? group : control
    var ids = (owner.getAttribute('aria-describedby') || '').split(' ').filter(function (one) {
      return one && one !== notes.id
    })
    if (said) ids.push(notes.id)
    if (ids.length) owner.setAttribute('aria-describedby', ids.join(' '))
    else owner.removeAttribute('aria-describedby')
  }

  function show (notes) {
    each('[data-notes]', function (box) {
      var html = notes[box.dataset.notes] || ''
      if (box.innerHTML.trim() === html.trim()) return
      box.innerHTML = html
      describe(box.id.replace(/-notes$/, ''), box, html)
    })
    each('details[data-row]', function (row) {
      var found = row.querySelector('.note.note-refuse') || row.querySelector('.note.note-todo') || row.querySelector('.note.note-warn')
      var badge = row.querySelector('.row-note')
      if (!badge && found) {
        badge = document.createElement('span')
        row.querySelector('summary').appendChild(badge)
      }
      if (!badge) return
      badge.className = found ? found.className.replace(/^note /, 'row-note ') : 'row-note'
      badge.textContent = found ? found.querySelector('.note-word').textContent : ''
      badge.hidden = !found
    })
  }

  form.addEventListener('input', function (event) {
    var row = event.target.closest('details[data-row]')
    if (!row || event.target.name.split('.').pop() !== row.dataset.row) return
    if (event.target.name.split('.').length !== 3) return
    row.querySelector('[data-row-title]').textContent = event.target.value.trim() || 'Nothing written yet'
  })

  // Previews and the few marks that there are

  function preview (button) {
    if (state.busy) { setTimeout(function () { preview(button) }, 300); return }
    var name = button.value.slice('preview:'.length)
    save(button.value, function (answer) {
      var box = form.querySelector('[data-preview="' + name + '"]')
      box.innerHTML = '<p class="preview-word">As learners read it</p><div class="story">' + answer.preview + '</div>'
    })
  }

  var MARKS = [
    ['B', 'Bold', 'mini mini-bold', '**', '**'],
    ['I', 'Italic', 'mini mini-italic', '*', '*'],
    ['List', 'List', 'mini', '- ', null],
    ['Quote', 'Quote', 'mini', '> ', null],
    ['Link', 'Link', 'mini', '[', '](https://)']
  ]

  function markUp (area, before, after) {
    var start = area.selectionStart
    var end = area.selectionEnd
    if (after === null) {
      start = area.value.lastIndexOf('\n', start - 1) + 1
      var lines = area.value.slice(start, end).split('\n')
      area.setRangeText(lines.map(function (line) { return before + line }).join('\n'), start, end, 'end')
    } else {
      area.setRangeText(before + area.value.slice(start, end) + after, start, end, 'end')
      if (start === end) area.setSelectionRange(start + before.length, start + before.length)
    }
    area.focus()
    area.dispatchEvent(new Event('input', { bubbles: true }))
  }

  each('textarea[data-markdown]', function (area) {
    var tools = area.parentNode.querySelector('.text-tools')
    var label = (form.querySelector('label[for="' + area.id + '"]') || { textContent: '' }).textContent
    MARKS.slice().reverse().forEach(function (one) {
      var button = document.createElement('button')
      button.type = 'button'
      button.className = one[2]
      button.textContent = one[0]
      button.setAttribute('aria-label', one[1] + ' in ' + label)
      button.addEventListener('click', function () { markUp(area, one[3], one[4]) })
      tools.prepend(button)
    })
  })

  // Citing: a paragraph of the source goes into the place field that she was last in.

  var placeField = null
  form.addEventListener('focusin', function (event) {
    if (event.target.matches('[data-place]')) placeField = event.target
  })
  each('[data-cite]', function (paragraph) {
    var button = document.createElement('button')
    button.type = 'button'
    button.className = 'mini cite'
    button.textContent = 'Cite'
    button.setAttribute('aria-label', 'Cite ' + paragraph.dataset.cite)
    button.addEventListener('click', function () {
      var field = placeField || form.querySelector('[data-place]')
      if (!field) return
      var places = field.value.split(';').map(function (one) { return one.trim() }).filter(Boolean)
      if (places.indexOf(paragraph.dataset.cite) === -1) places.push(paragraph.dataset.cite)
      field.value = places.join('; ')
      field.dispatchEvent(new Event('input', { bubbles: true }))
      var row = field.closest('details')
      if (row) row.open = true
      field.focus()
    })
    paragraph.appendChild(button)
  })

  // What the part rests on is in sight, however far down the source it stands.
  var panel = document.getElementById('source')
  var rests = panel && panel.querySelector('.cited')
  if (rests && rests.getBoundingClientRect().bottom > Math.min(panel.getBoundingClientRect().bottom, window.innerHeight)) {
    panel.scrollTop += rests.getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.clientHeight / 4
  }

  // An address may name what is folded away.

  function unfold () {
    var target = location.hash && document.getElementById(location.hash.slice(1))
    if (!target || !form.contains(target)) return
    for (var at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true
    var group = target.closest('.govuk-form-group') || target
    group.scrollIntoView({ block: 'start' })
    var control = target.matches('details, section, fieldset')
      ? target.querySelector('textarea, input:not([type=hidden]), select')
      : target
    if (control) control.focus({ preventScroll: true })
  }
  window.addEventListener('hashchange', unfold)
  // The browser goes to the address by itself first, and takes the focus from wherever it is.
  window.addEventListener('load', function () { setTimeout(unfold, 0) })
})()
