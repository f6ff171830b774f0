// Small menus: <details> that fold away by themselves, as menus do on a phone.

/** Every menu under `root` folds on Escape, on a choice, and when the focus or a press goes elsewhere. */
export function foldAway(root) {
  for (const menu of root.querySelectorAll("details.menu")) {
    const summary = menu.querySelector("summary");
    const fold = () => (menu.open = false);
    const leave = () => {
      if (menu.contains(document.activeElement)) summary.focus();
      fold();
    };
    menu.addEventListener("keydown", (event) => event.key === "Escape" && menu.open && leave());
    menu.querySelector(".sheet").addEventListener("click", leave);
    menu.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !menu.contains(relatedTarget) && fold());
    root.addEventListener("pointerdown", ({ target }) => menu.contains(target) || fold());
  }
}
