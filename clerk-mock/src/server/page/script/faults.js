// The planned faults.

views.faults = { load: loadFaults, poll: loadFaults };

const FAULT_COLUMNS = [
  { title: "Operation", cell: (fault) => fault.operation ?? "every operation" },
  { title: "What happens", cell: effect },
  { title: "Fired", class: "end", cell: (fault) => fired(fault) },
  { title: "Action", class: "end", cell: (fault) => element("button", {
    type: "button",
    class: "small",
    "data-key": fault.id,
    "aria-label": `End the fault of ${fault.operation ?? "every operation"}, ${fault.id}`,
    click: () => attempt(() => end(fault)),
  }, "End") },
];

function effect(fault) {
  const parts = [fault.kind && optionOf(fault.kind)];
  if (fault.status) parts.push(`status ${fault.status}`);
  parts.push(fault.code, fault.message);
  if (fault.retry_after !== undefined) parts.push(`Retry-After ${fault.retry_after}`);
  if (fault.json !== undefined) parts.push(JSON.stringify(fault.json));
  if (fault.delay_ms) parts.push(`after ${fault.delay_ms} ms`);
  return parts.filter(Boolean).join(", ");
}

function optionOf(kind) {
  const options = [...byId("fault-kind").options];
  return options.find(({ value }) => value === kind)?.text ?? kind;
}

function fired(fault) {
  if (fault.number) return `${fault.fired}, at request ${fault.number}`;
  return fault.times ? `${fault.fired} of ${fault.times}` : String(fault.fired);
}

async function loadFaults(route) {
  const { faults } = await call("GET", `${CONTROL}/faults`);
  if (!isShown(route)) return;
  fill(byId("faults-list"), faults, () => [faults.length > 0
    ? table("If several apply to a request, the first one wins.", FAULT_COLUMNS, faults)
    : empty("No faults are planned. Plan one, and the next request of the operation fails.")]);
}

async function end(fault) {
  await call("DELETE", `${CONTROL}/faults/${encodeURIComponent(fault.id)}`);
  await loadFaults(shown);
  say("The fault has ended.");
}

/** Shows the fields that the selected kind of fault has. */
function showFields() {
  const isError = byId("fault-kind").value === "error";
  for (const field of document.querySelectorAll("[data-for]")) field.hidden = !isError;
  byId("fault-status").disabled = !isError;
  byId("fault-delay").required = byId("fault-kind").value === "delay";
}

const numberOf = (id) => byId(id).value === "" ? undefined : Number(byId(id).value);

on(byId("fault-kind"), "change", showFields);
on(byId("fault"), "submit", async () => {
  const kind = byId("fault-kind").value;
  const plan = {
    operation: byId("fault-operation").value.trim(),
    times: numberOf("fault-times"),
    delay_ms: numberOf("fault-delay"),
  };
  if (kind === "error") {
    plan.status = numberOf("fault-status");
    plan.code = byId("fault-code").value.trim() || undefined;
    plan.message = byId("fault-message").value.trim() || undefined;
    plan.retry_after = numberOf("fault-retry");
  } else if (kind !== "delay") {
    plan.kind = kind;
  }
  await call("POST", `${CONTROL}/faults`, plan);
  await loadFaults(shown);
  say(`A fault is planned for ${plan.operation}.`);
});
showFields();
