/** Embedded signup's dialog: tells the opener what was chosen, as Meta does, and leaves with a code. */

const form = document.getElementById("signup");
const given = JSON.parse(form.dataset.given);
const problem = document.getElementById("problem");

form.number.value = given.number;
document.getElementById("history").hidden = !given.on_phone;
document.getElementById("explain").textContent = given.on_phone
  ? "The number stays in the WhatsApp Business app on your phone."
  : "The number moves to the WhatsApp Business Platform.";

function tell(event, data) {
  // Meta sends JSON as text, to whoever opened the window.
  window.opener?.postMessage(JSON.stringify({ type: "WA_EMBEDDED_SIGNUP", event, version: "3", data }), "*");
}

function leave(values) {
  const address = new URL(given.redirect_uri);
  for (const [name, value] of Object.entries({ ...values, state: given.state })) address.searchParams.set(name, value);
  location.assign(address);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const values = Object.fromEntries(new FormData(form));
  const body = { ...given, ...values, shares_history: form.shares_history.checked };
  const answer = await fetch("/_ctl/signup", { method: "POST", body: JSON.stringify(body) });
  const found = await answer.json();
  if (!answer.ok) {
    problem.textContent = found.detail;
    problem.hidden = false;
    return;
  }
  tell(found.message.event, found.message.data);
  location.assign(found.redirect);
});

document.getElementById("cancel").addEventListener("click", () => {
  tell("CANCEL", { current_step: "PHONE_NUMBER_SETUP" });
  leave({ error: "access_denied", error_reason: "user_denied" });
});

document.getElementById("fail").addEventListener("click", () => {
  tell("ERROR", { error_message: "Your account cannot add more numbers.", error_code: "524126", session_id: "emulated" });
  leave({ error: "server_error", error_description: "Your account cannot add more numbers." });
});
