// Small comforts. Without this script the pages lack nothing that matters.

// The ledger shows all claims, those that do not hold, or those with an erratum.
const filter = document.querySelector(".filter");
if (filter) {
  const claims = [...document.querySelectorAll("article.claim")];
  const kinds = [["All", () => true], ["Holds", ".holds"], ["Does not hold", ".fails, .missing"], ["Errata", ".erratum"], ["Not yet", ".waiting"]];
  for (const [name, kind] of kinds) {
    const shown = claim => typeof kind === "string" ? claim.matches(kind) : kind(claim);
    const count = claims.filter(shown).length;
    if (count === 0) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${name} (${count})`;
    button.setAttribute("aria-pressed", String(name === "All"));
    button.addEventListener("click", () => {
      for (const other of filter.children) other.setAttribute("aria-pressed", String(other === button));
      for (const claim of claims) claim.hidden = !shown(claim);
      for (const later of document.querySelectorAll(".later")) {
        later.hidden = [...later.querySelectorAll("article.claim")].every(claim => claim.hidden);
        later.open = name !== "All";
      }
      for (const lecture of document.querySelectorAll("section.lecture")) {
        const own = [...lecture.querySelectorAll("article.claim")];
        lecture.hidden = own.length > 0 && own.every(claim => claim.hidden);
      }
    });
    filter.append(button);
  }
  filter.hidden = false;
}

// The reference finds types and members by a part of their name.
const search = document.querySelector(".search");
if (search) {
  const field = search.querySelector("input");
  const types = [...document.querySelectorAll(".types > div")].map(box => ({ box, name: box.querySelector("dt").textContent.toLowerCase(), members: [...box.querySelectorAll("li")], list: box.querySelector("ul") }));
  const find = () => {
    const wanted = field.value.trim().toLowerCase();
    let found = 0;
    for (const type of types) {
      let inside = 0;
      for (const member of type.members) {
        member.hidden = wanted === "" || !member.textContent.toLowerCase().includes(wanted);
        if (!member.hidden) inside++;
      }
      if (type.list) type.list.hidden = inside === 0;
      type.box.hidden = inside === 0 && !type.name.includes(wanted);
      found += type.box.hidden ? 0 : inside + (type.name.includes(wanted) ? 1 : 0);
    }
    for (const room of document.querySelectorAll(".room")) room.hidden = [...room.querySelectorAll(".types > div")].every(box => box.hidden);
    search.querySelector("output").value = wanted === "" ? "" : found === 0 ? "nothing of that name" : `${found} found`;
  };
  field.addEventListener("input", find);
  search.hidden = false;
  find();
}

// A link to what is folded or filtered away brings it back.
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target?.closest("[hidden], details")) return;
  if (target.closest("[hidden]")) filter?.firstElementChild.click();
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();

// The contents mark the section that is being read.
const links = new Map([...document.querySelectorAll(".contents a[href^='#']")].map(link => [decodeURIComponent(link.hash.slice(1)), link]));
const headings = [...links.keys()].map(id => document.getElementById(id)).filter(Boolean);
if (headings.length > 0) {
  let pending = false;
  const mark = () => {
    pending = false;
    const current = headings.findLast(heading => heading.getBoundingClientRect().top < innerHeight / 4);
    for (const [id, link] of links) {
      if (current?.id === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  addEventListener("scroll", () => {
    if (!pending) requestAnimationFrame(mark);
    pending = true;
  }, { passive: true });
  mark();
}

// On a narrow screen the contents fold again once a section is chosen.
document.querySelector(".contents ol")?.addEventListener("click", event => {
  if (event.target.closest("a") && !matchMedia("(min-width: 68rem)").matches) event.target.closest("details").open = false;
});

// What scrolls sideways can be scrolled with the keyboard; where a chart or a table goes on, its edge fades.
for (const box of document.querySelectorAll("pre, .scroll, .equation, .output.own, .courselib-figure")) {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}
for (const box of document.querySelectorAll(".scroll, .courselib-figure")) {
  const fade = () => box.classList.toggle("goes-on", box.scrollLeft + box.clientWidth < box.scrollWidth - 4);
  box.addEventListener("scroll", fade, { passive: true });
  new ResizeObserver(fade).observe(box);
}

// Paper cannot be unfolded.
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(details => details.open = true));
