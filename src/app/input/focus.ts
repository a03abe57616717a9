/** Ids of the two ways in, so that commands can reach them from anywhere in the page. */
export const wordsFieldId = "words";
export const imagesFieldId = "images";

/** Puts the caret into the field for words. */
export function focusWords(): void {
  document.getElementById(wordsFieldId)?.focus();
}

/** Opens the system's file chooser. Browsers allow it only in answer to the user's own click or key. */
export function chooseImages(): void {
  document.getElementById(imagesFieldId)?.click();
}
