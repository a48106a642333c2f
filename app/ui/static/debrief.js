// Adds to pages that work without it: focus on what changed, one press counted once, a word before leaving.
(function () {
  'use strict'

  var announced = document.querySelector('[data-error-summary]') || document.querySelector('[data-flash]')
  if (announced) announced.focus()

  // A link in the summary leads to its control, and to the words above it.
  document.addEventListener('click', function (event) {
    var link = event.target.closest && event.target.closest('[data-error-summary] a[href^="#"]')
    var control = link && document.getElementById(link.hash.slice(1))
    if (!control) return
    event.preventDefault()
    var group = control.closest('.govuk-form-group')
    if (group) group.scrollIntoView()
    control.focus({ preventScroll: true })
  })

  // The second press of the same button is ignored for a while, never for good: a lost
  // connection must not leave a person with a dead button.
  document.addEventListener('submit', function (event) {
    var form = event.target
    if (!form.hasAttribute('data-once')) return
    if (form.dataset.sent) {
      event.preventDefault()
      return
    }
    form.dataset.sent = '1'
    setTimeout(function () { delete form.dataset.sent }, 8000)
  })
  // What was typed in a form that nothing saves by itself is not left without a question. A page
  // that came back with a problem shows what was typed and not saved.
  var asks = Array.from(document.querySelectorAll('form[data-keep]'))
  var refused = !!document.querySelector('[data-error-summary]')
  var leaving = null

  function changed (control) {
    if (control.type === 'hidden' || control.disabled) return false
    if (control.type === 'radio' || control.type === 'checkbox') return control.checked !== control.defaultChecked
    if (!control.options) return 'defaultValue' in control && control.value !== control.defaultValue
    var first = Array.from(control.options).findIndex(function (one) { return one.defaultSelected })
    return control.selectedIndex !== Math.max(first, 0)
  }

  document.addEventListener('submit', function (event) { leaving = event.defaultPrevented ? null : event.target })
  window.addEventListener('beforeunload', function (event) {
    var unsaved = asks.some(function (form) {
      return form !== leaving && (refused || Array.from(form.elements).some(changed))
    })
    leaving = null
    if (!unsaved) return
    event.preventDefault()
    event.returnValue = ''
  })
  window.addEventListener('pageshow', function () {
    document.querySelectorAll('form[data-once]').forEach(function (form) { delete form.dataset.sent })
  })
})()
