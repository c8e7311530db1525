// Makes pages smoother; every page works without it.
"use strict";

// What went wrong is read first: by the eye and by a screen reader.
function focusProblem(root) {
  const problem = root.querySelector("[data-focus]");
  if (problem) problem.focus();
}

// A link of the error summary leads into the field itself.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea") ?? field).focus();
});

// <button data-confirm="…">: asks first, in a dialog of the page.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-confirm]");
  const dialog = document.getElementById("confirm");
  if (!button || !dialog || button.dataset.confirmed) return;
  event.preventDefault();
  document.getElementById("confirm-text").textContent = button.dataset.confirm;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return button.focus();
    button.dataset.confirmed = "yes";
    button.click();
    delete button.dataset.confirmed;
  }, { once: true });
  dialog.showModal();
});

// A form sent twice by an impatient hand acts once: the second click is dropped.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// <form data-autosave="/where"> posts what was written a while after the last key, as a plain form post; [data-autosave-state] says so.
document.querySelectorAll("form[data-autosave]").forEach((form) => {
  let timer;
  const state = form.querySelector("[data-autosave-state]");
  async function save() {
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), redirect: "error" });
      if (state) state.textContent = answer.ok ? state.dataset.saved : state.dataset.failed;
    } catch {
      if (state) state.textContent = state.dataset.failed;
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 3000);
  });
});

document.addEventListener("htmx:afterSettle", (event) => focusProblem(event.target));
focusProblem(document);
