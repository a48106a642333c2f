// The outline: after a move the button that was pressed stands where it stood, so that it can be
// pressed again. Without this the page goes to the button by its address.
(function () {
  'use strict'

  var KEPT = 'debrief-outline'

  function kept (value) {
    try {
      if (value) sessionStorage.setItem(KEPT, value)
      else { value = sessionStorage.getItem(KEPT); sessionStorage.removeItem(KEPT) }
    } catch (refused) { return null }
    return value
  }

  document.addEventListener('submit', function (event) {
    var button = event.submitter
    if (button && /^(up|down)$/.test(button.value)) kept(location.pathname + ' ' + button.getBoundingClientRect().top)
  })

  window.addEventListener('load', function () {
    var from = (kept() || '').split(' ')
    if (from[0] !== location.pathname) return
    // The browser goes to the address by itself first.
    setTimeout(function () {
      var target = location.hash && document.getElementById(location.hash.slice(1))
      if (target) window.scrollBy(0, target.getBoundingClientRect().top - Number(from[1]))
    }, 0)
  })
})()
