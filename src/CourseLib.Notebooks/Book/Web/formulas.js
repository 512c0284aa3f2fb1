// Typesets the formulas in the browser; only pages made without Node carry this. Without KaTeX they stay readable LaTeX.
addEventListener("DOMContentLoaded", () => {
  if (!window.katex) return;
  for (const formula of document.querySelectorAll(".formula")) {
    const latex = formula.textContent.replace(/^\${1,2}|\${1,2}$/g, "");
    katex.render(latex, formula, { displayMode: formula.classList.contains("display"), throwOnError: false, strict: "ignore", trust: false });
  }
});
