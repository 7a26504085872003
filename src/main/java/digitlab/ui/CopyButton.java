package digitlab.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.icon.VaadinIcon;

/**
 * Copies a text, or the page's address. All of it happens within the click, as browsers demand; a
 * page that came over plain HTTP has no clipboard of its own, there it is done the old way.
 */
class CopyButton extends Button {
  private static final long serialVersionUID = 1;
  private static final String COPY =
      """
      this.addEventListener('click', async () => {
        const text = this.link ? new URL(this.link, document.baseURI).href : this.copied ?? location.href;
        if (navigator.clipboard) {
          await navigator.clipboard.writeText(text);
        } else {
          const field = document.createElement('textarea');
          field.value = text;
          document.body.append(field);
          field.select();
          document.execCommand('copy');
          field.remove();
        }
        this.classList.add('done');
        setTimeout(() => this.classList.remove('done'), 1500);
      });
      """;

  /**
   * @param key of its label in the message files
   */
  CopyButton(String key, VaadinIcon icon) {
    super(Texts.get(key), icon.create());
    getElement().executeJs(COPY);
  }

  /** Copies this text from now on. */
  void setCopied(String copied) {
    getElement().setProperty("copied", copied);
  }

  /** Copies this address from now on; it may be given from the root of the Lab. */
  void setLink(String link) {
    getElement().setProperty("link", link);
  }
}
