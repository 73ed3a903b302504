// Shows how far something is without loading the page again: the same page is asked for, and its part "progress" taken.
// Once the answer is another page, that page is opened.
"use strict";
const shown = document.getElementById("progress");
async function again() {
  const answer = await fetch(location.href, {headers: {"x-reportgen-progress": "1"}});
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("progress");
  if (!fresh || answer.redirected) {
    location.replace(answer.url);
    return;
  }
  shown.dataset.running = fresh.dataset.running;
  shown.replaceChildren(...fresh.childNodes);
  follow();
}
let pause = 200;
function follow() {
  if (shown.dataset.running !== "yes") return;
  setTimeout(() => again().catch(follow), pause);
  pause = Math.min(1000, pause * 1.5);
}
follow();
