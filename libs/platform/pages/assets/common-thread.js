/* Loaded after the page; nothing here is needed to use the service. */
import { initAll } from './govuk-frontend.js';

initAll();

const warning = document.querySelector('[data-session-ends-at]');
const minutesBefore = 5;

/* The page already says when the session ends; shortly before, say it aloud. */
function watchSession() {
  const endsAt = Date.parse(warning.dataset.sessionEndsAt);
  const wait = endsAt - Date.now() - minutesBefore * 60_000;
  setTimeout(
    () => {
      warning.hidden = false;
      warning.setAttribute('role', 'alert');
    },
    Math.max(0, wait),
  );
}

if (warning) watchSession();
