// A form that is on its way is not sent a second time by a double click. Without this script the server refuses the
// second one by the revision, so nothing depends on it.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method !== 'post' || form.target === '_blank') return;
  form.dataset.sent = 'true';
  // an answer that is a file leaves the page where it is
  setTimeout(() => delete form.dataset.sent, 5000);
});
// The error summary is where a person has to begin.
document.getElementById('errors')?.focus();
