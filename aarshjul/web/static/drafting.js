// Says what became of the last save while somebody writes in the forms of the draft; saving itself is htmx's.
(function () {
  "use strict";
  function say(name) {
    var status = document.getElementById("saved");
    if (status && status.dataset[name]) {
      status.textContent = status.dataset[name];
    }
  }
  document.addEventListener("input", function (event) {
    if (event.target.closest && event.target.closest("form.drafting")) {
      say("unsaved");
    }
  });
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function () {
      say("lost");
    });
  });
})();
