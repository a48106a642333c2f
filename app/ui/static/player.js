// The player: saves what stands in a form while one types and moves rows in place. Without it every
// form works by its buttons. Focus needs no script: the address after a commit names the feedback.
(function () {
  'use strict'

  var WAIT = 1200
  var RETRY = 5000

  function say (form, words) {
    var line = form.querySelector('[data-promise]')
    if (line) line.textContent = words
  }

  function Saver (form) {
    this.form = form
    this.url = form.dataset.draft
    this.field = form.querySelector('[name=sequence]')
    this.sequence = Number((this.field || {}).value) || 0
    this.sent = this.sequence
    this.dirty = false
    this.stopped = false
    this.busy = false
    this.timer = null
  }

  Saver.prototype.body = function () {
    var data = new FormData(this.form)
    data.set('sequence', String(this.sequence))
    return data
  }

  Saver.prototype.changed = function () {
    if (this.stopped) return
    this.dirty = true
    say(this.form, 'Not saved yet.')
    this.later(WAIT)
  }

  Saver.prototype.later = function (wait) {
    var saver = this
    clearTimeout(this.timer)
    this.timer = setTimeout(function () { saver.save() }, wait)
  }

  Saver.prototype.save = function () {
    var saver = this
    if (this.stopped || !this.dirty) return
    if (this.busy) { this.later(300); return }
    this.busy = true
    this.dirty = false
    this.sequence += 1
    this.sent = this.sequence
    fetch(this.url, {
      method: 'POST',
      body: this.body(),
      headers: { Accept: 'application/json' },
      credentials: 'same-origin',
      redirect: 'error'
    }).then(function (response) {
      return response.json().then(function (told) { saver.answered(response.status, told) })
    }).catch(function () {
      saver.dirty = true
      say(saver.form, 'Not saved: no connection. Trying again. Your words stand here meanwhile.')
      saver.later(RETRY)
    }).then(function () { saver.busy = false })
  }

  Saver.prototype.answered = function (status, told) {
    if (status === 200) {
      // What is sent by hand next says which save this page has seen last.
      if (this.field) this.field.value = String(this.sent)
      if (!this.dirty) say(this.form, 'Saved ' + told.saved + '. You can leave and come back here.')
      return
    }
    if (told.error === 'stale') { this.offer(told); return }
    // Signed in again in another tab, this one may save again: go on trying.
    if (status >= 500 || told.error === 'signed-out') {
      this.dirty = true
      say(this.form, status >= 500
        ? 'Not saved: the server is busy. Trying again.'
        : 'Not saved: you were signed out. Sign in in another tab and this saves by itself, or press the button: what you typed comes with you.')
      this.later(RETRY)
      return
    }
    this.stopped = true
    say(this.form, (told.sentence || 'This could not be saved.') + ' What you typed stands here.')
  }

  // Another tab or device saved something newer: say so, keep these words, let the person choose.
  Saver.prototype.offer = function (told) {
    var saver = this
    var line = this.form.querySelector('[data-promise]')
    this.stopped = true
    if (!line) return
    line.textContent = told.sentence + ' What stands here is kept on this page. '
    var button = document.createElement('button')
    button.type = 'button'
    button.className = 'link-button'
    button.textContent = 'Save what stands here instead'
    button.addEventListener('click', function () {
      saver.sequence = told.sequence
      saver.stopped = false
      saver.dirty = true
      saver.save()
    })
    line.appendChild(button)
  }

  // On leaving, what was not saved yet, or whose saving the browser now breaks off, is sent without
  // waiting for an answer.
  Saver.prototype.leave = function () {
    if (this.stopped || !(this.dirty || this.busy)) return
    this.sequence += 1
    if (navigator.sendBeacon && navigator.sendBeacon(this.url, this.body())) this.dirty = false
  }

  var savers = Array.prototype.map.call(
    document.querySelectorAll('form[data-draft]'),
    function (form) {
      var saver = new Saver(form)
      form.addEventListener('input', function () { saver.changed() })
      form.addEventListener('change', function () { saver.changed() })
      form.addEventListener('submit', function () {
        clearTimeout(saver.timer)
        if (saver.busy && saver.field) saver.field.value = String(saver.sequence)
        saver.stopped = true
        // A lost connection leaves the page as it is: go on saving.
        setTimeout(function () { saver.stopped = false }, RETRY)
      })
      return saver
    }
  )
  function leaveAll () { savers.forEach(function (saver) { saver.leave() }) }
  window.addEventListener('pagehide', leaveAll)
  document.addEventListener('visibilitychange', function () {
    if (document.visibilityState === 'hidden') leaveAll()
  })

  // Rows move in place; each move is announced.
  document.querySelectorAll('[data-ordering]').forEach(function (list) {
    var live = document.createElement('p')
    live.className = 'govuk-visually-hidden'
    live.setAttribute('aria-live', 'polite')
    list.after(live)
    function settle () {
      Array.prototype.forEach.call(list.children, function (row, at) {
        var moves = row.querySelectorAll('button[name=move]')
        moves[0].disabled = at === 0
        moves[1].disabled = at === list.children.length - 1
      })
    }
    list.addEventListener('click', function (event) {
      var button = event.target.closest('button[name=move]')
      if (!button) return
      event.preventDefault()
      var row = button.closest('li')
      var down = /:down$/.test(button.value)
      if (down && row.nextElementSibling) row.nextElementSibling.after(row)
      if (!down && row.previousElementSibling) row.previousElementSibling.before(row)
      settle()
      var again = button.disabled ? row.querySelector('button[name=move]:not([disabled])') : button
      if (again) again.focus()
      var at = Array.prototype.indexOf.call(list.children, row) + 1
      live.textContent = row.querySelector('.ordering-text').textContent + ': place ' + at + ' of ' + list.children.length
      list.dispatchEvent(new Event('input', { bubbles: true }))
    })
  })
})()
