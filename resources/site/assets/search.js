// The search: reads the index that was made with the site. Nothing leaves the browser.
"use strict";
(function () {
  const said = JSON.parse(document.getElementById("said").textContent);
  const index = window.searchIndex;
  const form = document.getElementById("search");
  const box = document.getElementById("words");
  const list = document.getElementById("found");
  const count = document.getElementById("count");
  const MOST = 100;
  const CLUSTERS = { ㄳ: "ㄱㅅ", ㄵ: "ㄴㅈ", ㄶ: "ㄴㅎ", ㄺ: "ㄹㄱ", ㄻ: "ㄹㅁ", ㄼ: "ㄹㅂ", ㄽ: "ㄹㅅ", ㄾ: "ㄹㅌ", ㄿ: "ㄹㅍ", ㅀ: "ㄹㅎ", ㅄ: "ㅂㅅ" };

  // As the index was folded: one form, small letters, nothing but letters and digits.
  function fold(text) {
    const split = text.replace(/[ㄳㄵㄶㄺ-ㅀㅄ]/g, (sign) => CLUSTERS[sign] || sign);
    return split.normalize("NFKC").toLowerCase().normalize("NFKC").replace(/[^\p{L}\p{N}\p{M}]/gu, "");
  }

  const unpacked = new Map();
  function pagesOf(gram) {
    if (!unpacked.has(gram)) {
      const packed = Object.hasOwn(index.grams, gram) ? index.grams[gram] : "";
      let at = 0;
      unpacked.set(gram, new Set(packed ? packed.split(" ").map((n) => (at += parseInt(n, 36))) : []));
    }
    return unpacked.get(gram);
  }

  function withTerm(term) {
    const signs = Array.from(term);
    if (signs.length === 1) {
      const found = new Set();
      for (const gram of Object.keys(index.grams)) {
        if (gram.startsWith(term)) {
          pagesOf(gram).forEach((n) => found.add(n));
        }
      }
      return found;
    }
    let found = null;
    for (let n = 0; n + 1 < signs.length; n++) {
      const here = pagesOf(signs[n] + signs[n + 1]);
      found = found === null ? new Set(here) : new Set([...found].filter((one) => here.has(one)));
    }
    return found;
  }

  function search(words) {
    const terms = words.split(/\s+/).map(fold).filter(Boolean);
    if (!terms.length) {
      return [];
    }
    let found = null;
    for (const term of terms) {
      const here = withTerm(term);
      found = found === null ? here : new Set([...found].filter((one) => here.has(one)));
    }
    const scored = [...found].map((n) => {
      const title = fold(index.pages[n][1]);
      return [terms.filter((term) => title.includes(term)).length, index.pages[n][4], n];
    });
    scored.sort((a, b) => b[0] - a[0] || (a[1] < b[1] ? 1 : a[1] > b[1] ? -1 : a[2] - b[2]));
    return scored.map((one) => index.pages[one[2]]);
  }

  function show(words) {
    const found = words.trim() ? search(words) : [];
    list.replaceChildren();
    for (const [address, title, kind, snippet, day] of found.slice(0, MOST)) {
      const row = document.createElement("li");
      const head = document.createElement("p");
      const link = document.createElement("a");
      link.href = "../" + address;
      link.textContent = title;
      head.append(link);
      if (kind) {
        const badge = document.createElement("span");
        badge.className = "badge";
        badge.textContent = kind;
        head.append(" ", badge);
      }
      const meta = document.createElement("p");
      meta.className = "meta";
      meta.textContent = [day, snippet].filter(Boolean).join(" · ");
      row.append(head, meta);
      list.append(row);
    }
    list.hidden = !found.length;
    if (!words.trim()) {
      count.textContent = "";
    } else if (!found.length) {
      count.textContent = said.none.replace("{words}", words.trim());
    } else if (found.length > MOST) {
      count.textContent = said.first.replace("{n}", MOST).replace("{all}", found.length);
    } else {
      count.textContent = found.length === 1 ? said.one : said.many.replace("{n}", found.length);
    }
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    show(box.value);
    history.replaceState(null, "", "#" + encodeURIComponent(box.value.trim()));
  });
  box.addEventListener("input", () => show(box.value));
  // A search can be kept as a link: the words stand behind the address.
  try {
    box.value = decodeURIComponent(location.hash.slice(1));
  } catch (_broken) {
    box.value = "";
  }
  show(box.value);
})();
