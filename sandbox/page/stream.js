// Whoever listens to what happens: one stream for the whole world, so that a person who is not looked at still gets a badge.
// The browser repeats Last-Event-ID by itself; when it gives up altogether (a refusal, not a break) we begin anew.

const AGAIN_MS = 1500;

/** From the event `after` on. onBack is called when the stream is there again after a break. */
export function listen(after, { onEvent, onAway, onBack }) {
  let last = after;
  let away = false;
  let source = null;

  const open = () => {
    source = new EventSource(`/events?after=${last}`);
    source.onopen = () => {
      if (away) onBack();
      away = false;
    };
    source.onmessage = (event) => {
      last = event.lastEventId || last;
      onEvent(JSON.parse(event.data));
    };
    source.onerror = () => {
      away = true;
      onAway();
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(open, AGAIN_MS);
    };
  };
  open();
  addEventListener("pagehide", () => source.close());
}
