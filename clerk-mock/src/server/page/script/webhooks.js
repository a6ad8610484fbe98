// The deliveries of webhooks.

views.webhooks = { load: loadWebhooks, poll: loadWebhooks };

const DELIVERY_KINDS = { succeeded: "good", pending: "warn", failed: "bad" };

const DELIVERY_COLUMNS = [
  { title: "Event", cell: (delivery) => [delivery.event_type, mono(delivery.message_id)] },
  { title: "Object", class: "wide", cell: ({ object_id: id }) => mono(id) },
  { title: "Status", cell: ({ status }) => badge(status, DELIVERY_KINDS[status]) },
  { title: "Attempts", cell: ({ attempts }) =>
    attempts.map(({ status, error }) => status ?? error).join(", ") || "–" },
];

async function loadWebhooks(route) {
  const { webhooks: deliveries } = await call("GET", `${CONTROL}/webhooks`);
  if (!isShown(route)) return;
  const newest = deliveries.reverse().slice(0, ROWS);
  fill(byId("webhooks-list"), newest, () => [newest.length > 0
    ? table("The newest first", DELIVERY_COLUMNS, newest)
    : empty("No webhooks are sent yet. Set a URL with PUT /__clerk_mock/webhook or --webhook.")]);
}

/** Shows the link to this view if the server has the path that lists the deliveries. */
async function showWebhooks() {
  const { paths } = await call("GET", `${CONTROL}/openapi.json`);
  const hasThem = Object.hasOwn(paths, `${CONTROL}/webhooks`);
  document.querySelector('header a[href="#webhooks"]').parentElement.hidden = !hasThem;
}
