// The webhooks that were sent.

views.webhooks = { load: loadWebhooks, poll: loadWebhooks };

const WEBHOOK_COLUMNS = [
  { title: "Event", cell: (webhook) => [webhook.type, mono(webhook.id)] },
  { title: "Status", cell: ({ status }) => badge(status, WEBHOOK_KINDS[status]) },
  { title: "Attempts", class: "end", cell: ({ attempts }) =>
    Array.isArray(attempts) ? attempts.length : attempts },
];
const WEBHOOK_KINDS = { delivered: "good", pending: "warn", failed: "bad" };

const webhooks = async () => (await call("GET", `${CONTROL}/webhooks`)).webhooks;

async function loadWebhooks(route) {
  const sent = await webhooks();
  if (!isShown(route)) return;
  replace(byId("webhooks-list"), sent.length > 0
    ? table("The newest first", WEBHOOK_COLUMNS, sent.reverse().slice(0, MAX_ROWS))
    : empty("No webhooks have been sent. Start clerk-mock with --webhook URL, and change a user."));
}

/** Shows the section if the server has webhooks. */
async function showWebhooks() {
  const { paths } = await call("GET", `${CONTROL}/openapi.json`);
  const hasThem = Object.hasOwn(paths, `${CONTROL}/webhooks`);
  document.querySelector('nav a[href="#webhooks"]').parentElement.hidden = !hasThem;
}
