// Sliders beside number fields: the field is what is sent; without this script it stands alone.
(() => {
  "use strict";
  const comma = document.documentElement.lang === "da";
  for (const slider of document.querySelectorAll("input[type=range][data-of]")) {
    const field = document.getElementById(slider.dataset.of);
    slider.hidden = false;
    slider.addEventListener("input", () => {
      field.value = comma ? slider.value.replace(".", ",") : slider.value;
    });
    field.addEventListener("input", () => {
      const value = field.value.trim().replace(",", ".");
      if (value !== "" && Number.isFinite(Number(value))) slider.value = value;
    });
  }
})();
