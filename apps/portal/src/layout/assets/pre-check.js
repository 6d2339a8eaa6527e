// Shows the pre-check beside the form while it is filled in. Without this script the button „Vorprüfung“ does the same.
const form = document.getElementById('request-form');
const place = document.getElementById('pre-check-result');
let timer;
let running;

async function check() {
  running?.abort();
  running = new AbortController();
  const body = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(form.dataset.check, { method: 'POST', body, signal: running.signal });
    if (!answer.ok) return;
    place.innerHTML = await answer.text();
  } catch (error) {
    if (error.name !== 'AbortError') place.textContent = '';
  }
}

if (form && place && form.dataset.check) {
  form.addEventListener('change', () => {
    clearTimeout(timer);
    timer = setTimeout(check, 400);
  });
}
