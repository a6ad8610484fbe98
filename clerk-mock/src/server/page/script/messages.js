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
  // A screen reader reads an alert each time that its text is set, even if the text is the same.
  if (byId("alert").textContent !== error.message) byId("alert").textContent = error.message;
}

/** Removes the error about a server that does not respond, because the server has responded. */
function reconnected() {
  if (offline) byId("alert").textContent = "";
  offline = false;
}

function silence() {
  byId("alert").textContent = "";
  byId("status").textContent = "";
}

/** Runs an action, and shows its error. */
async function attempt(action) {
  try {
    await action();
  } catch (error) {
    complain(error);
  }
}

/** Calls an asynchronous function for each event of an element, and shows its error. */
function on(target, event, action) {
  target.addEventListener(event, (occurred) => {
    if (event === "submit") occurred.preventDefault();
    attempt(() => action(occurred));
  });
}

/** Asks the user to confirm an action that deletes data. Returns whether the user confirms. */
function confirmed(question, text, action) {
  const dialog = byId("confirm");
  byId("confirm-heading").textContent = question;
  byId("confirm-text").textContent = text;
  byId("confirm-yes").textContent = action;
  return closed(dialog).then((value) => value === "yes");
}

/** For each dialog, the function that receives its value when it closes. */
const waiting = new Map();

/** Opens a dialog. Returns its value once it is closed. */
function closed(dialog) {
  // The close event of an earlier call may still be pending. The earlier call gets an empty value
  // here. When its event arrives, the dialog is open again, so the event is ignored.
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
  // Without a secure context, there is no clipboard. The text is then only selected.
  if (!navigator.clipboard) return say("Selected. Copy it with the keyboard.");
  await navigator.clipboard.writeText(field.value);
  say("Copied.");
}
