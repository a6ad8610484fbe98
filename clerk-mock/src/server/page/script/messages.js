// The messages and the questions of the page.

let offline = false;

/** Shows that something has been done. */
function say(text) {
  byId("alert").textContent = "";
  byId("status").textContent = text;
}

/** Shows an error. */
function complain(error) {
  offline = error.status === 0;
  byId("status").textContent = "";
  // The same text again would be read again by a screen reader, each second.
  if (byId("alert").textContent !== error.message) byId("alert").textContent = error.message;
}

/** Removes the error that the server does not respond, once it does. */
function reconnected() {
  if (offline) byId("alert").textContent = "";
  offline = false;
}

function silence() {
  byId("alert").textContent = "";
  byId("status").textContent = "";
}

/** Runs an action. Its error is shown. */
async function attempt(action) {
  try {
    await action();
  } catch (error) {
    complain(error);
  }
}

/** Calls an asynchronous function for each event of an element. Its error is shown. */
function on(target, event, action) {
  target.addEventListener(event, (occurred) => {
    if (event === "submit") occurred.preventDefault();
    attempt(() => action(occurred));
  });
}

/** Asks before something is lost. Returns whether to go on. */
function confirmed(question, text, action) {
  const dialog = byId("confirm");
  byId("confirm-heading").textContent = question;
  byId("confirm-text").textContent = text;
  byId("confirm-yes").textContent = action;
  return closed(dialog).then((value) => value === "yes");
}

/** The functions that take the values of the dialogs. */
const waiting = new Map();

/** Opens a dialog. Returns its value once it is closed. */
function closed(dialog) {
  // The event of an earlier close may still be on its way, and is not of this dialog then.
  waiting.get(dialog)?.("");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    waiting.set(dialog, resolve);
    dialog.onclose = () => {
      if (!dialog.open) resolve(dialog.returnValue);
    };
  });
}

async function copy(field) {
  field.select();
  // Without a secure context there is no clipboard. The text is selected then.
  if (!navigator.clipboard) return say("Selected. Copy it with the keyboard.");
  await navigator.clipboard.writeText(field.value);
  say("Copied.");
}
