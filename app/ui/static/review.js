// Adds to the review of a case: the source beside the blocks follows the block that one goes to.
(function () {
  'use strict'

  var source = document.getElementById('source')
  if (!source) return

  function follow () {
    var block = location.hash && document.getElementById(location.hash.slice(1))
    var link = block && block.querySelector('.block-place')
    var line = link && document.getElementById(link.hash.slice(1))
    // On a narrow page the source stands below the blocks and is not scrolled by itself.
    if (!line || source.scrollHeight <= source.clientHeight) return
    var above = line.getBoundingClientRect().top - source.getBoundingClientRect().top
    source.scrollTop += above - source.clientHeight / 3
    source.querySelectorAll('.source-here').forEach(function (one) { one.classList.remove('source-here') })
    line.classList.add('source-here')
  }

  follow()
  window.addEventListener('hashchange', follow)
})()
