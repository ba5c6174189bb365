// Mends what an accessibility check finds in sphinx-book-theme 1.3; without it every page has violations.

for (const element of document.querySelectorAll(".search-button-field, details > summary")) {
  element.removeAttribute("aria-label");
}
for (const icon of document.querySelectorAll(".theme-switch-button svg, .theme-switch-button i, .theme-switch-button span")) {
  icon.removeAttribute("title");
  icon.removeAttribute("aria-labelledby");
  icon.setAttribute("aria-hidden", "true");
}
for (const brand of document.querySelectorAll(".sidebar-primary-item:has(.navbar-brand)")) {
  brand.setAttribute("role", "region");
  brand.setAttribute("aria-label", "Book");
}

// Sphinx's sphinx_highlight.js takes Escape for itself, so that it would not close what the browser has popped up.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !("popover" in HTMLElement.prototype)) return;
    if (document.querySelector("[popover]:popover-open")) event.stopPropagation();
  },
  true,
);
