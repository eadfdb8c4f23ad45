/**
 * The message box: Enter sends, Shift+Enter breaks the line.
 *
 * Messages leave one after another: two requests at once could overtake each other.
 */
export function createComposer({ form, box, to, post, onError }) {
  let last = Promise.resolve();

  function send(message, onSettled) {
    // Now, and not when its turn comes: by then another conversation may be open.
    const psid = to();
    last = last
      .then(() => post(psid, message))
      .catch((error) => onError(error, psid, message))
      .finally(onSettled);
  }

  function submit() {
    const text = box.value.trim();
    if (text === '') return;
    box.value = '';
    fit();
    send({ text });
  }

  function fit() {
    form.classList.toggle('has-text', box.value.trim() !== '');
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  }

  box.addEventListener('input', fit);
  box.addEventListener('keydown', (event) => {
    // An Enter that ends a composed syllable (Telex, VNI) belongs to the input method.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
    box.focus();
  });
  form.addEventListener('click', (event) => {
    const kind = event.target.closest('[data-attachment]')?.dataset.attachment;
    if (kind) send({ attachment: kind });
  });

  return {
    send,
    /** Gives a text back that could not be sent, unless something new was begun. */
    restore(text) {
      if (box.value === '') box.value = text;
      fit();
    },
  };
}
