// Adds to pages that work without it: focus on what changed, and one press counted once.
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
  window.addEventListener('pageshow', function () {
    document.querySelectorAll('form[data-once]').forEach(function (form) { delete form.dataset.sent })
  })
})()
