// Warns five minutes before the session ends and lets people stay with one press. Without this script the time stands
// at the foot of every page, and any new page keeps the session alive.
const line = document.getElementById('session');
const warning = document.getElementById('session-warning');
const WARN_MS = 5 * 60_000;

function wait() {
  const left = Date.parse(line.dataset.ends) - Date.now();
  warning.hidden = left > WARN_MS;
  warning.dataset.over = left <= 0;
  if (left > 0) setTimeout(wait, Math.min(left > WARN_MS ? left - WARN_MS : left, 60_000) + 50);
}

async function stay() {
  try {
    const answer = await fetch('/session', { redirect: 'manual' });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('session');
    line.dataset.ends = fresh.dataset.ends;
    line.textContent = fresh.textContent;
    wait();
    line.focus();
  } catch {
    warning.dataset.over = true;
  }
}

if (line && warning) {
  warning.querySelector('button').addEventListener('click', stay);
  wait();
}
