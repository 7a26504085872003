/**
 * Rows that can be put into another order: children with the attribute `data-row`, by their `.handle`. Pointer events, so
 * that fingers and pens work as a mouse does; arrow keys on a focused handle do the same. The element only says what is
 * wanted (`move-row` with `from` and `to`); DragRows.java moves the rows.
 */
class DragRows extends HTMLElement {
  private dragged?: HTMLElement;
  private from = 0;
  private to = 0;
  private start = 0;
  /** Upper and lower edges of the rows when the drag began. */
  private places: { top: number; height: number }[] = [];

  connectedCallback() {
    this.addEventListener('pointerdown', this.onDown);
    this.addEventListener('keydown', this.onKey);
  }

  disconnectedCallback() {
    this.removeEventListener('pointerdown', this.onDown);
    this.removeEventListener('keydown', this.onKey);
  }

  private rows() {
    return [...this.children].filter((child): child is HTMLElement => child instanceof HTMLElement && 'row' in child.dataset);
  }

  private rowOf(event: Event) {
    const handle = event.target instanceof Element ? event.target.closest('.handle') : null;
    return handle?.closest<HTMLElement>('[data-row]') ?? undefined;
  }

  private onDown = (event: PointerEvent) => {
    const row = this.rowOf(event);
    if (!row || event.button !== 0) return;
    event.preventDefault();
    const rows = this.rows();
    this.dragged = row;
    this.from = this.to = rows.indexOf(row);
    this.start = event.clientY;
    this.places = rows.map(each => each.getBoundingClientRect());
    row.classList.add('dragged');
    row.setPointerCapture(event.pointerId);
    row.addEventListener('pointermove', this.onMove);
    row.addEventListener('pointerup', this.onUp);
    row.addEventListener('pointercancel', this.onCancel);
  };

  private onMove = (event: PointerEvent) => {
    const by = event.clientY - this.start;
    const { top, height } = this.places[this.from];
    const middle = top + height / 2 + by;
    this.to = this.places.filter((place, i) => i !== this.from && place.top + place.height / 2 < middle).length;
    this.rows().forEach((row, i) => {
      const aside = i > this.from && i <= this.to ? -1 : i < this.from && i >= this.to ? 1 : 0;
      row.style.transform = `translateY(${i === this.from ? by : aside * (height + 8)}px)`;
    });
  };

  private onUp = () => {
    const { from, to } = this;
    this.onCancel();
    this.tell(from, to, false);
  };

  private onCancel = () => {
    this.dragged?.classList.remove('dragged');
    this.dragged?.removeEventListener('pointermove', this.onMove);
    this.dragged?.removeEventListener('pointerup', this.onUp);
    this.dragged?.removeEventListener('pointercancel', this.onCancel);
    this.rows().forEach(row => row.style.removeProperty('transform'));
    this.dragged = undefined;
  };

  private onKey = (event: KeyboardEvent) => {
    const row = this.rowOf(event);
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!row || by === 0) return;
    event.preventDefault();
    const from = this.rows().indexOf(row);
    this.tell(from, from + by, true);
  };

  private tell(from: number, to: number, byKey: boolean) {
    if (to !== from && to >= 0 && to < this.rows().length) {
      this.dispatchEvent(new CustomEvent('move-row', { detail: { from, to, byKey } }));
    }
  }
}

customElements.define('drag-rows', DragRows);
