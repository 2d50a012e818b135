// The proposal form: makes a file, a mail or a text of what was written. Nothing is sent from here.
"use strict";
(function () {
  const form = document.getElementById("proposal");
  const said = JSON.parse(document.getElementById("said").textContent);
  const problem = document.getElementById("problem");
  const done = document.getElementById("done");
  const CONTACTS = ["name", "email", "phone"];
  // Mail programs cut a longer address off.
  const LONGEST_MAIL = 8000;

  function label(field) {
    const box = form.elements[field];
    if (box instanceof RadioNodeList) {
      return box[0].closest("fieldset").querySelector("legend").firstChild.textContent.trim();
    }
    return form.querySelector('label[for="' + box.id + '"]').firstChild.textContent.trim();
  }

  function day() {
    const now = new Date();
    const two = (n) => String(n).padStart(2, "0");
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }

  function tell(box, text) {
    problem.hidden = true;
    done.hidden = true;
    box.textContent = text;
    box.hidden = false;
  }

  function written() {
    const data = new FormData(form);
    const value = (name) => String(data.get(name) || "").trim();
    const missing = ["title", "improvement", "consent"].filter((name) => !value(name));
    if (CONTACTS.some((name) => value(name)) && !data.get("agree")) {
      missing.push("agree");
    }
    for (const box of form.querySelectorAll("[name]")) {
      if (missing.includes(box.name)) {
        box.setAttribute("aria-invalid", "true");
      } else {
        box.removeAttribute("aria-invalid");
      }
    }
    if (missing.length) {
      tell(problem, said.missing.replace("{fields}", missing.map(label).join(", ")));
      form.querySelector('[aria-invalid="true"]').focus();
      return null;
    }
    // The office puts in the day on which it receives it: this computer's clock may be wrong.
    const made = { channel: "web" };
    const names = ["title", "problem", "improvement", "expected", "field", "district", "consent"];
    if (CONTACTS.some((name) => value(name))) {
      names.push("kind", ...CONTACTS);
    }
    for (const name of names) {
      if (value(name)) {
        made[name] = value(name);
      }
    }
    return made;
  }

  function spoken(made) {
    const lines = [];
    for (const name of Object.keys(made)) {
      if (!form.elements[name]) {
        continue;
      }
      let text = made[name];
      const box = form.elements[name];
      if (box instanceof RadioNodeList) {
        const chosen = Array.from(box).find((one) => one.checked);
        text = form.querySelector('label[for="' + chosen.id + '"]').textContent.trim();
      } else if (box instanceof HTMLSelectElement) {
        text = box.selectedOptions[0].textContent.trim();
      }
      lines.push(label(name) + ": " + text);
    }
    return lines.join("\n");
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    const made = written();
    if (!made) {
      return;
    }
    const text = JSON.stringify({ format: said.format, proposals: [made] }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text + "\n"], { type: "application/json" }));
    link.download = said.file + "-" + day() + ".json";
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    tell(done, said.made.replace("{name}", link.download));
  });

  document.getElementById("mail").addEventListener("click", function () {
    const made = written();
    if (!made) {
      return;
    }
    const address =
      "mailto:?subject=" +
      encodeURIComponent(said.subject.replace("{title}", made.title)) +
      "&body=" +
      encodeURIComponent(spoken(made));
    if (address.length > LONGEST_MAIL) {
      tell(problem, said.long);
      return;
    }
    location.href = address;
  });

  document.getElementById("copy").addEventListener("click", function () {
    const made = written();
    if (!made) {
      return;
    }
    const area = document.createElement("textarea");
    area.value = spoken(made);
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    tell(done, said.copied);
  });

  document.body.classList.add("scripts");
})();
